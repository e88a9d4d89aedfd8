create table t(a,b,c)
insert into t values(1,'x',3.5),(2,'y',4.25),(3,'x',null),(4,'y',-1),(5,'z',0.1),(5,'x',0.2)
select a, row_number() over (order by a desc) from t
select a, b, row_number() over (partition by b order by a), sum(a) over (partition by b), rank() over (order by b) from t
select a, sum(c) over (order by a rows between 1 preceding and 1 following), group_concat(b,'-') over (order by a) from t
select a, dense_rank() over (order by b), percent_rank() over (order by b), cume_dist() over (order by b), ntile(4) over (order by a) from t order by 1,2
select a, lag(a) over (order by a), lead(a,2,'none') over (order by a), first_value(b) over (order by a rows 2 preceding), last_value(b) over (order by a), nth_value(b,2) over (order by a) from t
select a, min(c) over (order by a rows between 1 preceding and current row), max(c) over (order by a groups between 1 following and 2 following) from t
select a, sum(a) over (order by a range between 1 preceding and 1 following exclude current row), group_concat(a) over (order by a groups between 1 preceding and 1 following exclude ties) from t
select b, sum(a), sum(sum(a)) over (order by b) from t group by b
select b, count(*) over (), (select count(*) from t t2 where t2.a<=t.a) from t
with w as (select a, row_number() over (order by c) n from t) select * from w where n between 2 and 4
select distinct b, max(a) over (partition by b) from t limit 2
select a from t order by row_number() over (order by b, a)
select a, sum(a) over w, count(*) over (w rows 1 preceding) from t window w as (partition by b order by a)
select sum(a) over (order by a range between 'x' preceding and current row) from t
select count(*) filter (where a>2) over (order by a) from t
select a, count(*) over (order by a range between 1 following and 2 following), count(*) over (order by a range between 2 preceding and 1 preceding), count(*) over (order by a rows between 2 following and 3 following), count(*) over (order by a rows between 3 following and 2 following) from t
select a, sum(a) over (order by c desc nulls first range between 0.2 preceding and 1 following) s from t
select 1 from t where row_number() over ()
select row_number() over () as x from t where x
select row_number() over () as x from t group by 1
select sum(row_number() over ()) over () from t
select sum(a) over w2 from t window w as (nosuch order by b), w2 as (w)
select sum(a) over w2 from t window w2 as (nosuch order by b)
select ntile(0) over () from t
select nth_value(a,0) over () from t
select sum(a) over (rows between a preceding and current row) from t
VALUES(row_number() over ())
select a, b, (select sum(x.a) over (order by x.a) from t x where x.b=t.b limit 1) from t
select max(a) over (order by b) + 1, a from t union all select 1,2 order by 1,2
select a, row_number() over (order by b) r, rank() over (order by a) from t order by r
select a, row_number() over (order by b) r, rank() over (order by a) from t order by r+1
select a, sum(a) over (order by b) from t order by sum(a) over (order by b)
select a, b, row_number() over (order by b), max(a) over (partition by a) from t
select count(distinct a) over () from t
select group_concat(a order by b) over () from t
select abs(a) over () from t
select sum(a) over w from t
select sum(a) over (w order by b) from t window w as (order by c)
select sum(a) over (w partition by b) from t window w as (order by c)
select sum(a) over (w order by b) from t window w as (partition by b order by c rows current row)
select sum(a) over (w order by b) from t window w as (partition by c rows current row)
select sum(a) over (rows between current row and 1 preceding) from t
select sum(a) over (order by a,b range between 1 preceding and current row) from t
select nosuch(a) over () from t
select lag(a) filter (where a) over () from t
select row_number(1) over () from t
select max(a,b) over () from t
select sum(a) over w from t window w as (order by zork)
select 1 from t window w as (order by zork)
insert into t values(row_number() over(),1,1)
update t set a=row_number() over ()
delete from t where a = 99 returning row_number() over ()
select a from t group by a having row_number() over ()
with recursive r(x) as (select 1 union all select row_number() over () from r) select * from r
select sum(a), sum(a) over () from t
select sum(sum(a)) over () from t
select total(a) over (rows -1 preceding) from t
select sum(a) over (order by 1) from t limit row_number() over ()
select a from t order by abs(a) over ()
create view w1 as select a, rank() over (order by b) as r, lag(a) over (order by a) as p from t
select * from w1 where r > 1 order by a, r
select (select rank() over (order by x.a) from t x where x.a = t.a) from t
select a from t where (select count(*) over () from t x where x.a < t.a) = 2
select sum(a) filter (where a > 1) over (partition by b order by a rows between unbounded preceding and 1 following exclude group) from t
select group_concat(x, y) over (order by rowid rows between 1 preceding and current row) from (select '' as x, '--' as y, 1 as rowid union all select 'a', '', 2 union all select '', '+', 3 union all select '', '-', 4)
create table if not exists log(n, m)
insert into log select a, row_number() over (order by a desc) from t
select * from log
select a, sum(a) over (order by a rows ? preceding) from t
select sum(9223372036854775807) over (order by a rows 1 preceding) from t
