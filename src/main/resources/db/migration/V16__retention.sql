-- The newest version is the newest that exists; no number is ever given twice.
alter table model add column last_number integer default 0 not null;
update model set last_number = newest_version;

-- The last numbers of models that no longer exist, under a digest of owner and name, of which nothing else is kept.
create table former_model (
    name_sha256 varchar(64) primary key,
    last_number integer not null
);

create index model_version_dataset on model_version (dataset_id);
create index idempotency_key_resource on idempotency_key (resource_id);

-- When something was last used, in a table of its own: written often, next to rows with large values.
create table model_version_use (
    model_id varchar(100) not null,
    version integer not null,
    used_at timestamp(6) with time zone not null,
    primary key (model_id, version),
    foreign key (model_id, version) references model_version (model_id, version) on delete cascade
);

create table dataset_use (
    dataset_id varchar(40) primary key references dataset (id) on delete cascade,
    used_at timestamp(6) with time zone not null
);

-- Which files the datasets are or were: jobs and models name theirs even when it has been deleted.
create table dataset_digest (
    dataset_id varchar(40) primary key,
    sha256 varchar(64) not null
);

create index dataset_digest_sha256 on dataset_digest (sha256, dataset_id);
insert into dataset_digest (dataset_id, sha256) select id, sha256 from dataset;

insert into dataset_digest (dataset_id, sha256)
select dataset_id, min(substring(cast(provenance as varchar(4000))
    from position('"dataset_sha256":"' in cast(provenance as varchar(4000))) + 18 for 64))
from training_job
where cast(provenance as varchar(4000)) like '%"dataset_sha256":"%' and dataset_id not in (select id from dataset)
group by dataset_id;

-- What goes by itself; null keeps everything.
create table retention_rules (
    owner varchar(128) primary key,
    newest_versions integer,
    unused_days integer,
    failed_job_days integer
);
