-- Everything belongs to somebody. So far clients chose the owner of a job, and datasets and models had none; what nobody
-- claimed belongs to the administrator.
update training_job set owner = 'admin' where owner = 'anyone';
delete from job_owner where name = 'anyone';
create index training_job_owner on training_job (owner, id);

alter table dataset add column owner varchar(128) default 'admin' not null;
alter table dataset add column visibility varchar(20) default 'private' not null;
create index dataset_owner on dataset (owner, id);

-- The name of a model is unique among those of its owner, no longer among all.
alter table model rename column name to id;
alter table model add column name varchar(100);
alter table model add column owner varchar(128) default 'admin' not null;
alter table model add column visibility varchar(20) default 'private' not null;
alter table model_version rename column model_name to model_id;

update model set name = id;
alter table model alter column name set not null;
update model set owner = coalesce((
    select j.owner from model_version v join training_job j on j.id = v.job_id
    where v.model_id = model.id and v.version = model.newest_version), 'admin');
create unique index model_owner_name on model (owner, name);
