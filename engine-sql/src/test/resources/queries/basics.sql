create table t(a,b text,c int primary key)
create table u(a integer primary key,d real)
insert into t values(1,'x',1),(2,'y',2),(3,null,3),(null,'x',4)
insert into u values(1,3.5),(2,3),(5,7)
select * from t
select 1+1, 'a'||'b', null is null, 3/2, 7%4, 1.5*2, -5, ~1, not 0, 5 between 1 and 6
select a,b from t where c>1
select count(*) from t
select count(a), sum(a), avg(a), min(b), max(b), total(a), group_concat(b) from t
select b,count(*) from t group by b
select b,sum(c) from t group by b having count(*)>1
select * from t order by a desc
select * from t order by b,a limit 2
select * from t order by b,a limit 2 offset 1
select distinct b from t
select distinct b from t order by b desc
select * from t join u using(a)
select * from t left join u on t.a=u.a
select * from t,u where t.a<u.a
select (select d from u where u.a=t.a) from t
select * from t where a in (1,3)
select * from t where a in (select a from u)
select * from t where a not in (select a from u)
select a in (1,2,null) from t
select a in (1,2,3,4,5,6,7,8,null) from t
select exists(select 1 from u where u.a=t.a) from t
select * from (select a,b from t where a>1) x where b is not null
select a from t union select a from u
select a from t union all select a from u
select a from t intersect select a from u
select a from t except select a from u
select a from t union select a from u order by a desc
select a from t union all select a from u order by 1 limit 3 offset 1
with x(n) as (select 1 union all select n+1 from x where n<10) select * from x
with x(n) as (select 1 union select (n+1)%5 from x) select * from x
values(1,2),(3,4)
select case a when 1 then 'one' when 2 then 'two' else 'other' end, case when b='x' then 1 end from t
select cast('12abc' as int), cast(3.7 as integer), cast(5 as text)
select coalesce(a,b,'z'), ifnull(a,0), iif(a>1,'y','n'), nullif(a,1) from t
select (1,2)=(1,2), (1,2)<(1,3), (a,c) = (1,1) from t
select a,(select count(*) from u where u.a>t.a) n from t order by n, a
select max(c), b from t
select min(a), b from t group by b
select count(distinct b) from t
select group_concat(b, '-' order by c desc) from t
select sum(a) filter (where a>1) from t
select 1 where 0
select * from t where b like 'X%'
select abs(-5), length('abc'), upper('x'), substr('hello',2,3), typeof(1.0), hex('a'), round(2.567,2)
