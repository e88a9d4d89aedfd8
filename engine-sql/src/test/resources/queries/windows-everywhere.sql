create table t(a,b,c)
insert into t values(1,'x',3.5),(2,'y',4.25),(3,'x',null),(4,'y',-1),(5,'z',0.1),(5,'x',0.2)
create table log(x,y)
create trigger tr after insert on t begin insert into log select new.a, sum(a) over (order by a) from t; end
insert into t values(9,'q',1)
select * from log
delete from log
insert into log select a, rank() over (order by b) from t returning x, y
update t set c = w.r from (select rowid as i, row_number() over (order by b, a) r from t) w where w.i = t.rowid
select * from t
create table ct as select a, lag(b) over (order by a) p, cast(sum(c) over () as integer) s from t
select sql from sqlite_schema where name='ct'
select * from ct
update t set c = (select max(x.c) over (order by x.a rows 1 preceding) from t x where x.a = t.a)
select * from t
delete from t where a in (select first_value(a) over (partition by b order by a) from t where b='x')
select * from t
select exists(select row_number() over () from t where a > 100), (select count(*) from (select 1, rank() over () from t))
select a from t where a in (select lag(a) over (order by a) from t)
select sum(a) over (order by a) s from t group by a, b having sum(a) over () > 1
select a, count(*) c, sum(count(*)) over (order by a) from t group by a order by c desc, 1
select * from (select a, row_number() over (partition by b order by a) n from t) x join t y on x.a = y.a where n = 1 order by 1, 3
select t.a, w.n from t left join (select a, row_number() over (order by a) n from t) w on w.a = t.a and w.n > 2
with recursive r(i) as (select 1 union all select i+1 from r where i<5) select i, sum(i) over (order by i), avg(i) over (rows between 1 preceding and 1 following) from r
select group_concat(a) over (order by a), group_concat(a) from t
values (1),(count(*) over ())
values (count(*) over ())
select max(rowid), row_number() over () from t
select a, b, max(c), rank() over (order by max(c)) from t group by b
select distinct row_number() over () % 2 from t
select sum(x) over (order by y) from (select 1 x, 'b' y union all select 2, 'a' union all select 3, 'B') order by y collate nocase
select min(b) over (partition by c order by a), typeof(max(a) over ()) from t limit 1+1 offset 1
select a from t where a = (select x from (select a as x, row_number() over (order by a desc) r from t) where r = 1)
select json_group_array(value) over (order by value desc) from json_each('[1,2,3]')
select key, value, row_number() over (order by value) from json_each('{"a":3,"b":1}')
select (select sum(t.a) over ()) from t
select (select sum(t.a)), row_number() over () from t
select sum((select t.a)) over (order by a) from t
select row_number() over (order by (select max(x.a) from t x where x.a <= t.a)) from t
select a, (select count(*) from log where x <= t.a) as k, rank() over (order by (select count(*) from log where x <= t.a)) from t order by k
select sum(a) filter (where a in (select x from log where x > 2)) over (order by a) from t
select a, case when row_number() over (order by a) > 2 then 'hi' else lag(a) over (order by a) end from t
select count(*) over (partition by a collate nocase order by b collate nocase) from t
select nth_value(a, 2.0) over (order by a), nth_value(a, '1') over (order by a) from t
select nth_value(a, 1.5) over (order by a) from t
select nth_value(a, 1.5) over (order by a exclude ties) from t
select nth_value(a, '2') over (order by a rows unbounded preceding exclude ties) from t
select nth_value(a, 2) over (order by a rows between unbounded preceding and unbounded following exclude current row), first_value(a) over (order by a groups 1 preceding exclude group), last_value(a) over (order by a groups 1 preceding exclude group) from t
select sum(1e308) over (order by a rows 1 preceding), total(9e999) over (order by a rows 1 preceding) from t
select avg(9223372036854775807) over (order by a rows 1 preceding) from t
select sum(9223372036854775807) over (order by a rows 1 preceding) from t
create view wv as select a, sum(a) over w as s from t window w as (partition by b order by a)
select * from wv where s > 3
select * from wv natural join t
create index xx on t(sum(a) over ())
create table bad(a check (row_number() over () > 1))
create table bad2(a, b as (row_number() over ()))
select row_number() over win, rank() over win from t window win as (order by a), win as (order by b)
select 1 window w as (order by 1)
select count(*) over w window w as (order by 1)
