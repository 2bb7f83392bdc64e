-- Where in the request the fault lies for which a job failed.
alter table training_job add column error_pointer varchar(400);
