-- A job may train several times. Of an epoch of such a job: in which fold of which repeat it was, if in any, and its
-- number there; the epochs of a job are numbered from its first fold on.
alter table epoch add column repeat_number integer;
alter table epoch add column fold integer;
alter table epoch add column fit_epoch integer;

-- The folds of a job that have been held out, numbered from 0 through all repeats.
create table fold (
    job_id varchar(40) not null references training_job (id) on delete cascade,
    fit integer not null,
    train_rows integer not null,
    validation_rows integer not null,
    epochs integer not null,
    steps bigint not null,
    seconds double precision not null,
    best_epoch integer not null,
    stop_reason varchar(20) not null,
    scores varchar(4000) not null,
    target ${text} not null,
    predictions ${binary} not null,
    predictions_bytes bigint not null,
    predictions_format integer not null,
    primary key (job_id, fit)
);

-- Numbers are as good as random: trying to compress them takes most of the time that it takes to store them.
${only_postgresql}alter table fold alter column predictions set storage external;
