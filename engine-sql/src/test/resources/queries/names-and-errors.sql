create table t(a,b text,c int primary key)
create table u(a integer primary key,d real)
create table n(k text collate nocase, v numeric, w blob)
create table w(x text, y int, z, primary key(x,y)) without rowid
create table g(a int, b int generated always as (a*2) virtual, c int generated always as (a+1) stored)
create view v as select a+1, b from t
create view vv(p,q) as select a, count(*) from t group by a
create index tb on t(b)
create index nk on n(k)
insert into t values(1,'x',1),(2,'y',2),(3,null,3),(null,'x',4),(5,'10',5),('7','abc',6),(2.5,'Y',7)
insert into u values(1,3.5),(2,3),(5,7),(7,null)
insert into n values('abc',1,x'01'),('ABC','2',x'02'),('b',3.0,'txt'),('B','zz',null),(null,null,5)
insert into w values('a',1,10),('a',2,20),('b',1,30)
insert into g(a) values(1),(2),(3)
select * from v
select * from vv
select q,p from vv where q>1 order by p
select * from n
select k,count(*) from n group by k
select distinct k from n
select * from n where k='abc'
select * from n where k='abc' collate binary
select max(k), min(k) from n
select k from n order by k, v
select k from n order by k collate binary
select * from w
select * from w where x='a' and y=2
select count(*) from w
select x, sum(z) from w group by x
select * from w order by z desc
select * from g
select b, c from g where b>2
select b from g group by b
select count(*), sum(b) from g
select * from t where rowid=3
select rowid, * from t where rowid>5
select oid, _rowid_ from u
select sum(a) from t where sum(a)>1
select a from t group by sum(a)
select a from t order by sum(a)
select a from t having a>1
select a from t where x=1
select t.x from t
select main.t.x from t
select z.* from t
select * 
select a from t,u
select sum(sum(a)) from t
select foo(1)
select abs(1,2)
select (1,2)
select 1 where (1,2)
select (select 1,2)
select 1 in (select 1,2)
select (1,2) in (select 1)
select (1,2)=(1,2,3)
select (1,2)=1
select 1 order by 2
select 1 order by 1,3
select 1,2 union select 1
select 1,2 union select 1,2 order by 3
select 1,2 union select 1,2 order by x
select a from t union select a from u order by a+1
select 1 group by 2
select a as x, x+1 from t
select sum(a) as x from t where x>1
select sum(a) as x from t group by x
select * from t join u using(z)
select * from t natural join u
select * from t join u using(a) where a=1
select * from nosuch
select * from xx.t
select * from t limit a
select * from (select 1 union select 2) limit (select 1)
select rowid from v
select "abc", 'x' "y z"
select "abc".x
select a from t where true
select count(*) from t where a in v
select abs(*) from t
select count(distinct a,b) from t
select count(distinct) from t
select abs(distinct 1)
select abs(1) filter (where 1)
select a as "x", b as x from t order by x
select a+1 as a, b from t order by a
values(1,2),(3)
select * from t a, t b where a=1
select *, * from (select 1 as a, 2 as a)
select a.* from (select 1 as a, 2 as a) a
select 1 collate foo
select 1 from t order by b collate foo
select case when (1,2) then 1 end
select (1,2) between (1,1) and (1,3)
select 1 where exists (select 1,2)
select likelihood(1,2)
select likelihood(1)
select coalesce(1)
select iif(1)
select iif(1,2)
select max(a,b), min(a) from t
select group_concat(distinct a) from t
select group_concat(distinct a,b) from t
select raise(ignore)
select 1 limit 1,'a'
select 1 limit 'a'
select a from t where sum(a)>1
select (select d from u where d=sum(t.a)) from t
select (select d from u where u.a=t.a and sum(t.a)>0) from t
select (select sum(t.a) from u) from t
select (select sum(t.a+d) from u) from t
select (select count(*) from u having sum(t.a)>0) from t
select (select d from u order by t.a) from t
select (select d from u limit t.a) from t
select a from t group by 1 having sum(a)>1 and sum(t.a+1)
select (select max(t.a)) from t
select a from t where (select sum(t.a))
select a, max(b) from t order by max(c)
select a from t order by -1
select a from t order by +1
select a from t order by 1+0
select a as b from t order by b desc
select a as b from t group by b
select a from t order by "a"
select a from t order by 'a'
select a as 'zz' from t order by "zz" desc
select a as 'zz' from t where zz=1
select A from t
select T.a, t."a", (a), ((t.a)), main.t.a  from t
select * from (select a+1, (a), t.b from t)
select rowid, oid, c from t
select _rowid_ from (select * from t)
select rowid from (select rowid from t)
select x.* , * from t x join u
select * from t left join u using(a)
select t.a, u.a, a from t right join u using(a)
select * from t natural left join u
select 1 from t where b in ('x') and (a,b) in (select a,b from t)
select count(*) filter (where a>1) from t
select TRUE, false, true+1, "true"
select a from t where a is true
select main.a from t
select t.rowid, main.t.rowid from t
select temp.t.a from t
select 9223372036854775807, 9223372036854775808, -9223372036854775808, 0x10, 1e5, .5, 1_000, 0xffffffffffffffff
select -0x8000000000000000
select 0x1ffffffffffffffff
select x'0aff', 'it''s', null, current_date is not null
select a, a, b a from t
select (select a) from t
select - 1, -a, not a, ~a from t
select cast(a as text) as tt from t
with x as (select 1) select * from x
with x(a,b) as (select 1) select * from x
with x as (select * from y), y as (select 1 q) select * from x
with x as (select * from x) select * from x
with x as (select * from y), y as (select * from x) select * from x
with recursive x(n) as (select 1 union all select n+1 from x where n<3) select * from x
with x as (select 1), x as (select 2) select 1
with x(a) as (values(1),(2)) select * from x, x as y
select * from u indexed by foo
select * from t not indexed
select a from t union select d from u order by a
select a from t union select d from u order by d
select a as q from t union select d from u order by q desc
select a from t union all select d from u limit 1
select a from t order by 1 union select 1
select a from t limit 1 union select 1
select * from foo(1)
select * from t(1)
select * from v(1)
select * from pragma_table_info('t','main','x') limit 1
select m.name, p.name from sqlite_master m, pragma_table_info(m.name) p where m.type='table'
select name from pragma_table_info('t') where pk=0
select * from t on 1
select * from t natural join u using(a)
select * from t natural join u on 1
select (1,2) in ((1,2),(3,4))
select (1,2) in ((1,2,3))
select (1,2) in (1,2)
select 1 in ((1,2))
select null in (), null not in ()
select sum(a order by b), abs(a order by b) from t
select t.* from t as x
select old.a from t
select a from t where a='x' collate nocase collate binary
select ?0
select ?250001
select ?3, ?, :a, ?, :a, @b, $c::d(e)
select a from t, (select t.a as q)
select 1 union select 2,3 union all select 3
select 1 except select 2,3
values(1,2) union select 1
select 1 where 1 having 1
select * from (values(1,2),(3,4))
select column2 from (values(1,2),(3,4)) where column1=3
select 1 from t left join u on x=1
select 1 from t left join u on u.a=w.a left join u as w
select 1 from t join u on u.a=w.a left join u as w
select true from (select 1 as true)
select * from (select a, a, a, a from t)
select x, a as x from t
select (select 1 union select 2,3)
select * from (select 1,2) where 1 in (select 3 union select 4,5)
select nullif(1), char(), zeroblob(1,2), substr('a')
select sum(), count(1,2), avg(*)
select group_concat(), max()
select min() 
select sum(*) from t
select random(1)
select unlikely(1,2), likelihood(1, a) from t
select 1 as a, 2 as b order by a+b
select a from t group by a having b order by c
select count(*)+a from t
select (select count(*) from u where u.a=t.a) x from t group by x
select a from t where a > (select avg(a) from t)
select t.a, (select max(d) from u where u.a<=t.a) from t order by 2, 1
select a, b from t where (a, b) = (select 2, 'y')
select * from t where (a,b) in (values(1,'x'),(2,'y'))
select a,count(*) c from t group by a having c>=1 order by c desc, a
select typeof(a), count(*) from t group by 1 order by 1
select a from t where a between 1 and 3
select a from t where a not between 1 and 3
select b from t where b like '%x%' or b glob 'Y*'
select b like 'x' escape '\' from t
select null = null, null is null, null is not 1, 1 is not distinct from 1, 1 is distinct from null
select 1 and null, 0 and null, 1 or null, 0 or null, not null
select 'a' < 1, 1 < 'a', x'00' > 'a', null < 1
select '10' = 10, 10 = '10', '10' + 5, '5x' + 1, 'x' + 1
select a = '1', a = 1, b = 10, b = '10' from t
select c = '1', '1' = c from t
select 5 / 0, 5 % 0, 5.0 / 0, 1e308 * 10, 9223372036854775807 + 1
select 1 << 3, -1 >> 1, 1 << 64, 1 << -1, 5 & 3, 5 | 3
select cast('1e3' as integer), cast('abc' as real), cast(x'41' as text), cast(1.9 as int), cast(null as int), cast('0x10' as int)
