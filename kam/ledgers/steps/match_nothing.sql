create or replace temp table matched (place bigint not null, is_same boolean not null);
