create table t(a,b text,c int primary key)
create table u(a integer primary key,d real)
create table e(a,b)
create view v as select a+1, b from t
create view jv as select t.a ta, u.a ua, d from t join u on t.a=u.a
create index tb on t(b)
insert into t values(1,'x',1),(2,'y',2),(3,null,3),(null,'x',4),(5,'10',5),('7','abc',6),(2.5,'Y',7)
insert into u values(1,3.5),(2,3),(5,7),(7,null)
select a from t union all select d from u limit 1
select a from t union all select d from u limit 3 offset 6
select count(*) from t having count(*)>100 union all select 5
select a from e union select b from e union all select 3
select a from e union all select 1 union select 2 except select 1
select a from t group by a union all select a from u limit 5
select * from jv
select * from jv where ta=2
select sum(d) from jv group by ua having sum(d)>3
select * from (select * from (select * from t where c>2) where c<6) where a is not null
select x.a, y.a from (select a from t) x, (select a from u) y where x.a=y.a
select x.a, y.cnt from t x left join (select a, count(*) cnt from u group by a) y on x.a=y.a
select (select count(*) from (select 1 union select 2 union select t.c)) from t
select * from t where exists (select * from u where u.a=t.a and exists (select * from t t2 where t2.c=u.a))
select a from t where a in (select a from u where u.d > t.c)
select a, a in (select a from u where u.d > t.c) from t
select a, a not in (select d from u) from t
select (select a from e), (select count(*) from e), exists (select * from e), (select max(a) from e)
select sum(a), total(a), count(*), avg(a), min(a), group_concat(a) from e
select a, count(*) from e group by a
select count(*) from e where 1 union all select count(a) from e
select 1 from e union all select 2
select min(c), max(c), b from t
select max(c), a, b from t where b is not null
select b, max(c), a from t group by b order by 2
select b, min(c), a from t group by b order by b desc
select count(*), count(distinct b), sum(distinct c) from t
select count(distinct a) from t group by b
select group_concat(c, ',' order by c desc), group_concat(distinct b order by b) from t
select b, group_concat(c order by c desc) from t group by b
select string_agg(b, ';') from t
select sum(c) filter (where b='x'), sum(c) filter (where b='nope'), count(*) filter (where a is null) from t
select a+c as s, count(*) from t group by a+c order by s
select a+c+1, count(*) from t group by a+c
select a+c from t group by a+c having a+c > 3
select lower(b), count(*) from t group by lower(b)
select lower(b) lb, count(*) from t group by lb having lb is not null order by count(*) desc, lb
select b, (select count(*) from u where u.a = t.c) from t group by b
select b, (select sum(t.c) from u) from t group by b
select b, (select u.d from u where u.a=sum(t.c)) from t group by b
select distinct a%2, b from t order by 1,2
select distinct b from t limit 2
select distinct t.a from t, u order by t.a desc limit 3
select distinct count(*) from t group by b
select a from t order by b collate nocase, a
select a from t order by b desc nulls last, c
select a from t order by b asc nulls last, c
select a from t order by b desc nulls first, c
select a from t order by a nulls last limit 3
select b from t order by length(b), b limit 4 offset 1
select c from t order by c desc limit -1 offset 2
select c from t limit 0
select c from t limit 2 offset 100
select c from t order by c limit 3 offset -5
select c from t limit '2'
select c from t limit 1+1
select c from t limit (select 2) offset (select 1)
select c from t limit null
select c from t limit 2.5
select c from t limit 2.0
select * from t t1 join t t2 on t1.c=t2.c-1 join t t3 on t2.c=t3.c-1 where t1.c<3
select * from t t1 left join t t2 on t1.c=t2.c-5 left join t t3 on t2.c=t3.c
select * from t t1 left join t t2 on t1.c=t2.c-5 where t2.c is null
select * from t left join u on t.a=u.a and u.d>3
select * from t left join u on t.a=u.a where u.d>3
select * from t left join (u join e) on t.a=u.a
select * from t left join (select 1 as q, 2 as r) on t.a=q
select t.a, x.* from t left join (select a+1 as z, 'k' as k from u) x on x.z=t.a
select count(*) from t cross join u
select count(*) from t, u, e
select * from e left join t
select * from t natural join t as t2
select * from u natural join t
select a, b, d from t join u using (a) order by d desc
select a from (t join u using(a)) order by a
select u.a from t left join u using(a) order by t.c
select * from (select 1 a) natural join (select 1 a, 2 b)
select * from (values(1),(2)) x join (values(2),(3)) y on x.column1=y.column1
with q as (select a from t where a>1), r as (select a from q where a<5) select * from r
with q(z) as materialized (select a from t) select count(*) from q x, q y
with q as not materialized (select c from t) select * from q where c=3
with q as (select 1 as a) select (select a from q), a from q
with q as (select 1 as a) select * from t where c in q
select * from t where c in (with z as (select 3) select * from z)
with recursive cnt(x) as (values(1) union all select x+1 from cnt limit 5) select * from cnt
with recursive cnt(x) as (values(1) union all select x+1 from cnt where x<20) select sum(x), count(*) from cnt
with recursive tr(id,par) as (values(1,0),(2,1),(3,1),(4,2)), s(id,lvl) as (select 1,0 union all select tr.id, lvl+1 from tr join s on tr.par=s.id order by 2 desc) select * from s
with recursive f(a,b) as (select 0,1 union all select b,a+b from f where b<100) select a from f
with recursive x(n) as (select 1 union all select n+1 from x where n<5 union all select n*10 from x where n<3) select * from x
with recursive x(n) as (select 1 union all select count(*) from x) select * from x
with recursive x(n) as (select 1 union all select a.n from x a, x b) select * from x
with recursive x(n) as (select 1 union all select (select n from x)) select * from x
select 1 in (), 1 not in (), null in (select 1 where 0), null in (select 1)
select a in (1,2), a not in (1,null), a in ('1') from t
select b in ('x','y') from t
select * from t where (a,b) in (select a,b from t where c<3)
select * from t where (a,b) not in (select a,b from t where c<3)
select (1,null) in ((1,2)), (1,null) in ((2,3)), (1,2) in (select 1,null), (null,null) in (select 1,2 where 0)
select (1,2)<(1,null), (1,2)<(2,null), (1,null)=(1,null), (1,null) is (1,null), (1,2) is not (1,2), (2,1)>=(2,1)
select (select 1,2)=(1,2), (select 1,2) < (select 1,3), (1,2) = (select 1,2 where 0)
select * from t where (c,b) between (2,'a') and (4,'z')
select case when null then 1 else 2 end, case null when null then 1 else 2 end, case 1 when 1 then null else 3 end
select case a when 1 then 'x' when '7' then 'seven' end from t
select 1 is true, 0 is true, null is true, null is not true, 2 is not false, 'a' is true, 0.5 is true
select a is true, a is not false from t
select not null is null, not (null is null), - - 5, + 'abc', -'5', -'abc', - null
select 1=1=1, 1<2<3, 3>2>1, 1 between 0 and 2 between 0 and 0
select 'abc' || null, 'a' || 1 || 2.5, x'41' || 'b'
select 1 == 1.0, '1' == 1, 1 <> 2, 1 != 1
select likely(a), unlikely(b), likelihood(c, 0.5) from t
select coalesce(null,null,3), coalesce(a, b) from t
select iif(a>2,'big','small'), iif(null,1), if(1,2,3), iif(0,1,0,2,3) from t
select typeof(a), typeof(b), typeof(c) from t
select d, typeof(d), d+0, d||'' from u
select sum(d), typeof(sum(d)), avg(d), sum(a) from u
select max(1,2,3), min('a','b'), max(1,null)
select length(x'0102'), instr('hello','l'), replace('aXbX','X','-'), trim('  a '), ltrim('xxa','x'), printf('%05d|%s', 42, 'z')
select quote('it''s'), quote(null), quote(x'ab'), quote(1.5), hex(10), unhex('41'), char(65,66), unicode('A')
select sign(-3), ceil(1.2), floor(-1.2), sqrt(16), pow(2,10), mod(7,3), exp(0), ln(1)
select date('2020-01-31','+1 month'), strftime('%Y','2021-05-05'), julianday('2000-01-01'), unixepoch('1970-01-02')
select substr('hello',-3), substr('hello',0,2), substr('hello',2), substring('abc',1,1)
select random() is not null, abs(random()) >= 0, length(randomblob(4))
select count(*) from t where random() is not null
select 'ä' like 'Ä', 'A' like 'a', 'abc' like 'a_c', 'a%c' like 'a\%c' escape '\', 'abc' glob 'a*', 'abc' glob 'A*'
select 'x' like null, null like 'x', 'a' like 'b' escape 'cc'
select * from t where b like 'x'
select * from t where +b = 'x'
select * from t where b = 'x' and c > 1 or a = 2
select * from t where not (b = 'x' or c > 4)
select * from t where b is null
select * from t where b is not null and a isnull
select * from t where a notnull order by c desc limit 1
select * from t where c = 3 or b = 'x' or a in (5)
select * from t where 0
select * from t where null
select * from t where 'abc'
select * from t where '1abc'
select * from t where 1.5 limit 1
select * from t where x'31'
select * from t where c > '3'
select * from t where b > 5
select * from t where a > '1'
select * from u where d > '3'
select * from t where c between '2' and '4'
select * from t where c in ('2','4')
select max(a) from t where c<0
select min(c)+max(c), min(c)||'' from t
select max(c) from t where b='x'
select max(a), max(b) from t
select min(b) from t
select max(b), c from t
select count(*) from u where a>1
select count(*), a from u
select abs(-0.0), abs('-0'), abs(-0.5)
create table big(a real primary key, b numeric unique)
insert into big values(9007199254740993, 9007199254740993),(2, 2)
select a from big where a in (null, x'6162', 9007199254740993)
select a from big where a = 9007199254740993
select p.a, q.b from big p join big q on p.a = q.b
select a from big where a >= 9007199254740993
select typeof(min(0, 0.0)), typeof(min(0.0, 0)), typeof(max(0, 0.0)), typeof(max(0.0, 0))
create table gr(a, b, g real as (a) virtual, h real as (b) stored)
insert into gr(a, b) values(1, 2), (2, 1)
select g, h from gr order by 1 desc, 2
select p.g, q.g from gr p, gr q where p.h = q.g
create table least(a integer primary key)
insert into least values(-9223372036854775808.0)
select a from least
