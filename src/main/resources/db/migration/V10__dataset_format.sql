-- The format of a dataset's file; all that came before is CSV.
alter table dataset add column format varchar(20) default 'csv' not null;
