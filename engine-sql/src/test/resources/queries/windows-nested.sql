create table t(a,b,c)
insert into t values(1,'x',3.5),(2,'y',4.25),(3,'x',null),(4,'y',-1),(5,'z',0.1),(5,'x',0.2)
create table u(k integer primary key, a)
insert into u values(1,1),(2,5),(3,null),(4,2)
select k, (select sum(t.a) over (partition by u.k order by t.a desc) from t where t.a <= k limit 1) from u
select k, (select sum(t.a + u.k) over (order by t.a rows u.k preceding) from t limit 1) from u
select k, (select group_concat(t.a) filter (where t.a > u.k) over () from t limit 1) from u
select (select max(r) from (select rank() over (order by t.b) r from t where t.a >= u.a)) from u
select k, sum(k) over (order by (select count(*) from t where t.a = u.a)) from u
select k, (select count(*) from t where t.a = u.a) n, rank() over (order by (select count(*) from t where t.a = u.a)) from u order by n, k
select u.k, t.a, row_number() over (partition by u.k order by t.a, t.b) rn from u join t on t.a >= u.k order by u.k, rn
select * from (select u.k, t.a, row_number() over (partition by u.k order by t.a, t.b) rn from u join t on t.a >= u.k) where rn = 1 and k > 1
select u.k, x.n from u left join (select a, count(*) over (partition by a) n from t) x using (a)
select u.k, x.n from u right join (select a, count(*) over (partition by a) n from t) x on x.a = u.a order by 1,2
select a, sum(a) over w + max(a) over w as s from t window w as (order by a) having 1
select b, group_concat(a) over (partition by b) from t group by b, a order by b, a
select b, max(a) m, sum(max(a)) over (order by b) from t group by b having m > 2
select b, count(*) filter (where a > 2), sum(count(*) filter (where a > 2)) over () from t group by b
select a, sum(total) over (order by a) from (select a, total(c) total from t group by a)
select total(a) over (order by b) tot, b from t group by b
select a, row_number() over () from t union select k, row_number() over (order by k desc) from u order by 1, 2
select * from t where (a, b) in (select a, first_value(b) over (partition by a order by b) from t)
select a from t where row_number() over () in (1)
select coalesce(lag(a) over w, -1), iif(a > avg(a) over w, 'above', 'below') from t window w as (order by a)
select sum(a) over (order by b collate nocase desc nulls first, c) from t
select a, last_value(a) over (partition by b order by a range between current row and unbounded following) from t
select distinct sum(a) over (partition by b) s from t order by s desc limit 2 offset 1
with x as materialized (select *, row_number() over (order by a, b) n from t) select p.n, q.n from x p join x q on p.n = q.n + 1 order by 1
with x as (select *, row_number() over (order by a, b) n from t) select p.n, q.n from x p, x q where p.n = q.n - 1 order by 1
select quote(min(b) over (order by a rows between 2 following and 3 following)), quote(max(x'01') over ()) from t
select a, sum(a) over (order by a range between unbounded preceding and 0 preceding), sum(a) over (order by a range between 0 following and unbounded following) from t
select a, count(*) over (order by a groups between 1 preceding and 1 preceding), count(*) over (order by a groups between 1 following and 1 following) from t
select a, count(*) over (order by a range between 1 preceding and 0 preceding exclude ties) from t
select a, sum(a) over (partition by 1, 2 order by 3) from t
select a, sum(1) over (order by null) from t
select a, sum(a) over (order by a rows between true preceding and false following) from t
select a, sum(a) over (order by a rows between cast('2' as int) preceding and +0 following) from t
select a, sum(a) over (order by a rows between abs(-1) preceding and current row) from t
select a, sum(a) over (order by a rows between (select 1) preceding and current row) from t
select a, sum(a) over (order by a rows between 2 preceding and null following) from t
select sum(a) over (rows between unbounded preceding and unbounded preceding) from t
select sum(a) over (order by a range between x'00' preceding and current row) from t
select sum(a) over (order by a range between '1' preceding and current row) from t
select sum(a) over (order by b range between 1 preceding and current row) from t
select row_number () over w1, count(*) over w2 from t window w1 as (order by a), w2 as (partition by b)
select sum(distinct a) over () from t
select sum(a) filter (where row_number() over () > 1) over () from t
select sum(a) over (partition by row_number() over ()) from t
select sum(sum(a) over ()) from t
select max(row_number() over ()) from t
select rowid, rank() over (order by rowid desc) from t order by rank() over (order by rowid desc)
select rank() over (order by x) from (select a as x from t) order by x
select b, lag(b, 1, 0) over (order by b), lead(b, 1, b) over (order by b) from t order by b, a
insert into u(a) select row_number() over (order by a) from t where a < 3 returning k, a
update u set a = (select rn from (select a, row_number() over (order by a desc, b) rn from t) x where x.a = u.a) where k < 3 returning *
select json_group_object(b, a) over (partition by a % 2 order by a) from t
create temp view tv as select first_value(a) over (order by c) f from t
select * from tv
