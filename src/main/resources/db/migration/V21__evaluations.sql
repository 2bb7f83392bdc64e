-- How often a job was evaluated on its test part, and whether a choice between models may have been made with it.
alter table training_job add column test_evaluations integer default 0 not null;
alter table training_job add column test_is_spent boolean default false not null;
create index model_version_job on model_version (job_id);
