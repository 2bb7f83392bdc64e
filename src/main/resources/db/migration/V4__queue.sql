-- Who goes first.
alter table training_job add column owner varchar(128) default 'anyone' not null;
alter table training_job add column priority integer default 0 not null;
alter table training_job add column threads integer;
alter table training_job add column memory_bytes bigint default 0 not null;
-- Attempts since the last checkpoint, and how long a retry waits.
alter table training_job add column fruitless_attempts integer default 0 not null;
alter table training_job add column change_count integer default 0 not null;
alter table training_job add column not_before timestamp(6) with time zone;

-- One row: whoever claims a job holds it, so claims come one after another and caps are exact.
create table job_queue (
    id integer primary key,
    claims bigint not null
);

insert into job_queue (id, claims) values (1, 0);

-- When an owner's turn last came, counted in claims.
create table job_owner (
    name varchar(128) primary key,
    served bigint not null
);

-- The processes that train, and what fits into them.
create table worker (
    id varchar(60) primary key,
    memory_bytes bigint not null,
    seen_at timestamp(6) with time zone not null
);

-- Changes of live jobs; step is where training took them up, so that it does so again when it is repeated.
create table job_change (
    job_id varchar(40) not null references training_job (id) on delete cascade,
    number integer not null,
    at timestamp(6) with time zone not null,
    learning_rate double precision,
    epochs integer,
    patience integer,
    step bigint,
    primary key (job_id, number)
);

alter table checkpoint add column loss double precision;
alter table checkpoint add column scores ${text};

-- The table of db-scheduler, as it asks for it.
create table scheduled_tasks (
    task_name varchar(100) not null,
    task_instance varchar(100) not null,
    task_data ${binary},
    execution_time timestamp(6) with time zone not null,
    picked boolean not null,
    picked_by varchar(100),
    last_success timestamp(6) with time zone,
    last_failure timestamp(6) with time zone,
    consecutive_failures integer,
    last_heartbeat timestamp(6) with time zone,
    version bigint not null,
    priority smallint,
    primary key (task_name, task_instance)
);

create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
create index scheduled_tasks_due on scheduled_tasks (priority desc, execution_time asc);

-- Answers that are given again when a request comes twice.
create table idempotency_key (
    scope varchar(40) not null,
    name varchar(510) not null,
    fingerprint varchar(64) not null,
    resource_id varchar(40) not null,
    created_at timestamp(6) with time zone not null,
    primary key (scope, name)
);
