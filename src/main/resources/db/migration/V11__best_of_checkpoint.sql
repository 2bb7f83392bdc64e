-- The best epoch whose weights a state holds and its loss, instead of the loss of the state's own weights.
alter table checkpoint rename column loss to best_loss;
alter table checkpoint add column best_epoch integer;

-- Of a job whose best epoch came before the checkpoint, they are the job's; of others, they are not known.
update checkpoint set
    best_epoch = (select j.best_epoch from training_job j where j.id = job_id and j.best_epoch between 1 and checkpoint.epoch),
    best_loss = (select j.best_loss from training_job j where j.id = job_id and j.best_epoch between 1 and checkpoint.epoch);
