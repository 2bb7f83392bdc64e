-- How a dataset's file is read, as JSON. What came before has none: its delimiter and header say it all.
alter table dataset add column reading ${text};
alter table dataset add column reading_format integer;
