create table t(a,b text,c int primary key)
create table u(a integer primary key,d real)
create table w(a, d, e)
insert into t values(1,'x',1),(2,'y',2),(3,null,3),(null,'x',4),(5,'10',5)
insert into u values(1,3.5),(2,3),(7,null),(9,1)
insert into w values(1,3,'w1'),(7,1,'w2'),(3,3,'w3')
select * from t right join u on t.a=u.a
select * from t full join u on t.a=u.a
select * from t right join u using(a)
select * from t full join u using(a)
select * from t full outer join u using(a) order by a
select a, t.a, u.a from t full join u using(a)
select a, t.a, u.a from t right join u using(a)
select t.*, u.d from t full join u using(a)
select u.* from t full join u using(a)
select * from t natural full join u
select * from t natural right join u
select * from t full join u on t.a=u.a where t.a is null
select * from t right join u on t.a=u.a and t.b='x'
select * from t right join u on t.a=u.a where t.b='x'
select count(*), sum(u.d), sum(t.c) from t full join u on t.a=u.a
select u.d, count(t.a) from t full join u on t.a=u.a group by u.d
select * from t full join u on t.a=u.a full join w on w.a=u.a
select * from t right join u on t.a=u.a right join w on w.a=u.a
select * from t left join u on t.a=u.a right join w on w.d=u.d
select * from t full join u using(a) full join w using(a)
select a from t full join u using(a) full join w using(a)
select a from t right join u using(a) left join w using(a)
select * from t join u on t.a=u.a right join w on w.a=t.a
select * from (t full join u using(a)) join w using(a)
select x.a, y.d from (select * from t) x full join (select * from u) y on x.a=y.a
select * from t full join u on 1
select * from t right join u on 0
select * from t full join u on 0
select * from t, u right join w on w.a=u.a
select (select count(*) from t full join u on t.a=u.a where t.a=w.a) from w
select * from w where exists (select 1 from t right join u on t.a=u.a and u.a=w.a where t.a is not null)
select t.b, u.d from t full join u on t.a=u.a order by 1,2
select distinct t.b from t full join u on t.a=u.a order by 1
select * from t right join u using(nope)
select nope from t right join u using(a)
select d from u full join w on u.a=w.a
with q as (select * from t full join u using (a)) select count(*) from q
