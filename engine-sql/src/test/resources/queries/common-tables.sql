create table t(a integer primary key, b text)
insert into t values(1,'one'),(2,'two'),(3,'three')
with q as (select a from t where a>1) select * from q x join q y on x.a<y.a
with q as (select a from t) select (select count(*) from q), a, (select max(a) from q where q.a<t.a) from t
with q as (select a from t) select a from t where a in (select a from q) and a not in (select a+1 from q)
with q as (select a from t), r as (select x.a+y.a s from q x, q y) select s, count(*) from r group by s order by s
with q(n) as (select 1 union all select n+1 from q where n<5) select count(*) from q a, q b
with q as (select a from t) select a from q union all select a+10 from q order by 1
with q as (select a from t) select a from q union select a from q
with q as not materialized (select a from t) select count(*) from q x, q y
with q as (select 1 a) select * from t left join q using(a) left join q r on r.a=t.a
select (with q as (select t.a z) select sum(x.z+y.z) from q x, q y) from t
with q as (select a from t limit 2) select * from q x left join q y on y.a=x.a+1
with q as (select b, count(*) n from t group by b) select * from q x, q y where x.b=y.b order by 1
with q as (select a from t) select case when a=1 then (select count(*) from q) else (select sum(a) from q) end from t
with q as (select a from t) select a+(select count(*) from q)+(select max(a) from q) from t
with q as (select a from t) select * from t full join q using(a)
