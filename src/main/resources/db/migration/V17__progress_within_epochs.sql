-- Steps are counted within an epoch too; of all that came before, the last epoch's are known, and no total.
alter table training_job add column counted_steps bigint default 0 not null;
alter table training_job add column total_steps bigint;
alter table training_job add column expected_finish_at timestamp(6) with time zone;
update training_job set counted_steps = step;
