-- In which form a thing was stored; 1 is the form of all that came before.
alter table dataset add column profile_format integer default 1 not null;
alter table training_job add column specification_format integer default 1 not null;
alter table checkpoint add column state_format integer default 1 not null;
alter table model_version add column description_format integer default 1 not null;
alter table model_version add column weights_format integer default 1 not null;
