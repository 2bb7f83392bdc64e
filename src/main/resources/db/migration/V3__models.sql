-- Its counter outlives deleted versions, so a number is never given twice.
create table model (
    name varchar(100) primary key,
    created_at timestamp(6) with time zone not null,
    newest_version integer not null
);

create table model_version (
    model_name varchar(100) not null references model (name),
    version integer not null,
    created_at timestamp(6) with time zone not null,
    job_id varchar(40) not null,
    dataset_id varchar(40) not null,
    targets ${text} not null,
    task varchar(20) not null,
    parameter_count bigint not null,
    description ${text} not null,
    evaluation ${text} not null,
    weights_sha256 varchar(64) not null,
    weights ${binary} not null,
    primary key (model_name, version)
);
