create table training_job (
    id varchar(40) primary key,
    name varchar(400) not null,
    dataset_id varchar(40) not null,
    model_name varchar(100) not null,
    specification ${text} not null,
    warnings ${text} not null,
    parameter_count bigint not null,
    epochs integer not null,
    created_at timestamp(6) with time zone not null,
    -- State: the rows that are queued are the queue.
    status varchar(20) not null,
    stop_reason varchar(20),
    started_at timestamp(6) with time zone,
    finished_at timestamp(6) with time zone,
    error_code varchar(40),
    error_message varchar(2000),
    -- The claim: a worker's writes count only while its attempt is the newest.
    attempt integer not null,
    lease_owner varchar(60),
    lease_until timestamp(6) with time zone,
    provenance ${text},
    -- Progress.
    epoch integer not null,
    step bigint not null,
    latest ${text},
    baseline_loss double precision,
    best_epoch integer,
    best_loss double precision,
    -- Result.
    model_version integer,
    weights_sha256 varchar(64),
    version integer not null
);

create index training_job_status on training_job (status, id);
create index training_job_dataset on training_job (dataset_id);

create table training_job_transition (
    job_id varchar(40) not null references training_job (id) on delete cascade,
    number integer not null,
    status varchar(20) not null,
    at timestamp(6) with time zone not null,
    message varchar(2000),
    primary key (job_id, number)
);

create table training_job_metadata (
    job_id varchar(40) not null references training_job (id) on delete cascade,
    name varchar(128) not null,
    text_value varchar(1024) not null,
    primary key (job_id, name)
);

create index training_job_metadata_text on training_job_metadata (name, text_value);

create table epoch (
    job_id varchar(40) not null references training_job (id) on delete cascade,
    epoch integer not null,
    step bigint not null,
    at timestamp(6) with time zone not null,
    train_loss double precision not null,
    validation_loss double precision,
    train_accuracy double precision,
    validation_accuracy double precision,
    train_rmse double precision,
    validation_rmse double precision,
    train_r2 double precision,
    validation_r2 double precision,
    learning_rate double precision not null,
    gradient_norm double precision not null,
    samples_per_second double precision not null,
    primary key (job_id, epoch)
);

create table checkpoint (
    id varchar(40) primary key,
    job_id varchar(40) not null references training_job (id) on delete cascade,
    epoch integer not null,
    step bigint not null,
    created_at timestamp(6) with time zone not null,
    bytes bigint not null,
    sha256 varchar(64) not null,
    state ${binary} not null
);

create index checkpoint_job on checkpoint (job_id);
