-- # abs
SELECT abs(-5), abs(5.5), abs(-0.0), abs(NULL), abs('-7'), abs('abc'), abs('-2.5x'), abs(x'2d33'), typeof(abs('3')), abs(-9223372036854775807);
SELECT abs(-9223372036854775808);
-- # changes, total_changes, last_insert_rowid
CREATE TABLE t(a INTEGER PRIMARY KEY, b);
INSERT INTO t(b) VALUES ('x'), ('y');
SELECT changes(), total_changes(), last_insert_rowid();
UPDATE t SET b = 'z';
SELECT changes(), total_changes(), last_insert_rowid();
-- # char, unicode
SELECT char(72, 101, 0x20AC, 128512), char(), char(-1), hex(char(0)), char(NULL), char('65'), unicode('€uro'), unicode(''), unicode(NULL), unicode(char(0x10FFFF)), hex(char(55296));
-- # coalesce, ifnull, nullif, iif, if
SELECT coalesce(NULL, 'a', 'b'), ifnull(NULL, 5), ifnull(1, 5), nullif(1, 1), nullif('a', 'A'), nullif('a' COLLATE nocase, 'A'), iif(1, 'y', 'n'), iif(0, 'y'), if(NULL, 1, 2), iif(0, 1, 1, 2), iif(0, 1, 0, 2, 3);
SELECT coalesce(1);
SELECT iif(1);
-- # concat, concat_ws
SELECT concat('a', NULL, 1, 2.5, x'62'), concat(NULL), concat_ws('-', 'a', NULL, 'b', 1), concat_ws(NULL, 'a', 'b'), concat_ws(',', NULL), concat_ws('', 1, 2);
SELECT concat();
SELECT concat_ws('x');
-- # format and printf
SELECT format('%d|%5d|%-5d|%05d|%+d|% d|%,d', 42, 42, 42, 42, 42, 42, 1234567), printf('%s|%10s|%-10s|%.2s', 'abc', 'abc', 'abc', 'abc'), printf('%f|%.2f|%10.3f|%e|%g|%G', 3.14159, 3.14159, 3.14159, 31415.9, 0.00001234, 1e20), printf('%x|%X|%#x|%o|%c|%%', 255, 255, 255, 8, 'hello');
SELECT printf('%q|%Q|%w', 'it''s', 'it''s', 'a"b'), printf('%Q', NULL), printf('%s', NULL), printf('%d', 'abc'), printf('%d', 3.99), printf('%i|%u', -1, -1), printf('%*d|%.*f', 6, 42, 2, 3.14159), printf('%!.15g', 0.1), printf('%lld', 9223372036854775807), printf('no args %d %s'), printf(), printf(NULL), printf('%5%|%z|', 1);
SELECT printf('%.3c', 'x'), printf('%5c|', 'é'), printf('%-8s|', 'é'), printf('%!5s|', 'é'), printf('%08.3f', -3.5), printf('%+.1e', 12345.678), printf('%,.2f', 1234567.891), printf('%.0f %.0f %.0f', 0.5, 1.5, 2.5), printf('%f %f', 1e300 * 1e10, -1e300 * 1e10), printf('%d', 1e20), printf('%#.3x', 10), printf('%0#8x', 10);
-- # glob and like as functions
SELECT glob('*.txt', 'a.txt'), like('%b%', 'abc'), like('a!_c', 'a_c', '!'), like('A%', 'abc'), glob('A*', 'abc');
-- # hex, unhex, quote, unistr, unistr_quote
SELECT hex('abc'), hex(x'00ff'), hex(12), hex(NULL), hex(''), unhex('414243'), unhex('41-42', '-'), unhex('4'), unhex('zz'), unhex(''), unhex(NULL), unhex('41', NULL), typeof(unhex('41'));
SELECT quote('it''s'), quote(5), quote(1.5), quote(NULL), quote(x'0aff'), quote(1e400), quote('a' || char(10)), unistr('a\u00e9\U0001F600\\b'), unistr_quote('a' || char(10)), quote(0.1), quote(9007199254740993), quote(-0.0);
SELECT unistr('\q');
-- # instr, substr, replace, trim
SELECT instr('hello', 'l'), instr('hello', 'z'), instr('hello', ''), instr('', 'a'), instr(x'010203', x'02'), instr('aé', 'é'), instr(NULL, 'a'), instr(12345, 34), instr('abc', x'62');
SELECT substr('hello', 2, 3), substr('hello', -3), substr('hello', -3, 2), substr('hello', 0), substr('hello', 0, 3), substr('hello', 2, -1), substr('hello', 4, -2), substr('hello', 10), substr('hello', -10, 7), substr('héllo', 2, 1), hex(substr(x'01020304', 2, 2)), substr(12345, 2, 3), substring('abc', 2), substr('abc', NULL), substr(NULL, 1), substr('abc', 1.9), substr('abc', 1, 0);
SELECT replace('hello', 'l', 'LL'), replace('hello', '', 'x'), replace('aaa', 'aa', 'b'), replace('x', NULL, 'y'), replace(1234, 2, 'two'), replace('abc', 'b', ''), replace('ABC', 'b', 'x');
SELECT trim('  a b  '), '[' || ltrim('  a  ') || ']', '[' || rtrim('  a  ') || ']', trim('xxaxx', 'x'), ltrim('abcabcd', 'cba'), rtrim('éaé', 'é'), trim('', 'x'), trim(NULL), trim('x', NULL), trim('abc', ''), hex(trim(char(9) || 'a' || char(10)));
-- # length, octet_length
SELECT length('hello'), length('héllo'), length(x'010203'), length(12.5), length(NULL), length(''), length('a' || char(0) || 'b'), octet_length('héllo'), octet_length(x'00'), octet_length(123), octet_length(NULL);
-- # lower, upper
SELECT lower('ABCÄ'), upper('abcä'), lower(NULL), upper(12), lower(x'4142');
-- # max and min of several
SELECT max(1, 2, 3), min(3, 1, 2), max('a', 'B'), max('a' COLLATE nocase, 'B'), max(1, 'a', x'00'), min(1, 'a', x'00'), max(1, NULL), min(NULL, NULL), max(1, 1.0), typeof(max(1, 1.0)), typeof(max(1.0, 1)), max('10', 9);
-- # random, randomblob, zeroblob
SELECT typeof(random()), length(randomblob(5)), length(randomblob(0)), length(randomblob(-1)), zeroblob(3), length(zeroblob(1000)), zeroblob(-1), typeof(zeroblob(0));
-- # round, sign
SELECT round(2.5), round(3.5), round(-2.5), round(2.567, 2), round(1234.5, -2), round('2.5x'), round(NULL), round(1.005, 2), round(5), typeof(round(5)), round(1e18), round(0.1 + 0.2, 15), round(2.5, NULL), round(99999.99999, 3), sign(-3), sign(0), sign(2.5), sign('abc'), sign('5'), sign(NULL), typeof(sign(1.5));
-- # typeof, likely, unlikely, likelihood, soundex
SELECT typeof(1), typeof('a'), likely(5), unlikely('x'), likelihood(1, 0.5);
SELECT likelihood(1, 2);
SELECT likelihood(1, 'x');
SELECT soundex('Robert'), soundex('Rupert'), soundex(''), soundex(NULL);
-- # sqlite_version, sqlite_compileoption, load_extension
SELECT sqlite_version(), sqlite_compileoption_used('THREADSAFE'), sqlite_compileoption_used('nosuch'), sqlite_compileoption_get(-1);
SELECT load_extension('x');
-- # subtype-free results and errors by number of arguments
SELECT length();
SELECT length(1, 2);
SELECT substr('a');
SELECT replace('a', 'b');
SELECT typeof(1, 2);
SELECT random(1);
---- new
-- # abs, round and sign of what is no number; types of the results
SELECT abs('xyz'), typeof(abs('xyz')), abs(x'61'), typeof(abs(x'61')), abs('-5'), typeof(abs('-5')), abs(-5), typeof(abs(-5)), abs(-5.5), abs('-5.5abc'), abs(9223372036854775807), abs(NULL), typeof(abs(TRUE));
SELECT round(2.5), round(-0.4), round(1234.5678, 2), round(1234.5678, -1), round(1234.5678, 30), round(1e15 + 0.3, 1), typeof(round(7)), round('abc'), round('3.7x'), round(x'332e37'), round(NULL, 1), round(1.5, 0.9), round(9007199254740993), round(-2.5, 0), round(0.285, 2), round(1.955, 2);
SELECT sign(-0.0), sign(9223372036854775807), sign('-3.5'), sign('3x'), sign(''), sign(x'31'), typeof(sign(-2.5)), sign(' 5 ');
-- # char, unicode, unistr and its quotes
SELECT char(97, 98.9, '99', NULL), hex(char(0x10FFFF, 0x110000, -1, 55296)), unicode('abc'), unicode(97), unicode(x'c3a9'), unicode('😀x'), length(char(97, 0, 98)), char(9223372036854775807);
SELECT unistr('\0041\+000042\u0043\U00000044\\e'), unistr('é\00e9'), unistr(NULL), unistr(5), unistr(''), hex(unistr('\0000a'));
SELECT unistr('\12');
SELECT unistr('\u12G4');
SELECT unistr('\');
SELECT unistr_quote('plain'), unistr_quote('it''s'), unistr_quote('a' || char(9) || 'b\c'), unistr_quote(5), unistr_quote(1.5), unistr_quote(NULL), unistr_quote(x'00ff'), unistr_quote('back\slash'), unistr_quote(char(31, 127, 27));
-- # coalesce and its kind evaluate lazily and need enough arguments
SELECT coalesce(1, abs(-9223372036854775808)), ifnull(1, abs(-9223372036854775808)), iif(0, abs(-9223372036854775808), 2), iif(1, 'x', abs(-9223372036854775808)), iif(0, 1, 1, 2, abs(-9223372036854775808)), if(0, 1, 0, 2), iif(NULL, 1, '0', 2, '1a', 3, 4), coalesce(NULL, NULL, NULL), nullif(NULL, 1), nullif(1, NULL), nullif(1, 1.0), nullif('1', 1), typeof(nullif(1, 1));
SELECT coalesce(NULL);
SELECT ifnull(1);
SELECT ifnull(1, 2, 3);
SELECT nullif(1);
SELECT iif();
SELECT max(), 1;
-- # concat: texts of all that is not NULL
SELECT concat(NULL, NULL), typeof(concat(NULL)), concat(1, 2.0, x'33', 'd'), concat_ws(', ', 'a', NULL, 1.5, x'62'), concat_ws(NULL, 'a'), concat_ws('-', NULL, NULL), typeof(concat_ws('-', NULL, NULL)), concat_ws(1, 2, 3), concat_ws('x', '', '');
-- # format: missing arguments, %n, %p, %z
SELECT format('%d|%s|%f|%x', NULL, NULL, NULL, NULL), format('%d|%s|%f|%c|%q|%Q|%w'), format('%p', 255), format('%z', 'as s'), format('a%nb%dc', 5), format(NULL, 1), format(), format('%%'), format('%y', 1), format('%d %d', 1), format(5), format('%s', x'41'), format('%d', '12abc'), format('%.3s|', 'abcdef'), format('%-6d|%+d|% d', 5, 5, 5), format('%#o %#X', 8, 255), format('%,d', -1234567), format('%!s', 'é');
-- # glob and like with arguments the other way round
SELECT glob('*he*', 'the hen'), 'the hen' GLOB '*he*', like('%NEON%', 'a neon'), 'a neon' LIKE '%NEON%', like('a%%', 'a%', '%'), glob('a', NULL), like(NULL, 'a'), like('a', 'a', NULL);
SELECT like('a', 'a', 'xx');
SELECT glob('a');
-- # hex and unhex; numbers by their text
SELECT hex(12345678), hex(1.5), hex('é'), hex(NULL), typeof(hex(NULL)), hex(x''), unhex('4A4b'), hex(unhex('4a 4B', ' ')), unhex('4 A', ' '), unhex('4AX'), hex(unhex('4A-4B', '-4')), unhex(414243), unhex('', ''), typeof(unhex('')), unhex('41', ''), hex(unhex(' 41 ', ' ')), unhex('é41', 'é'), unhex(x'3431');
-- # instr: characters of texts, bytes of blobs
SELECT instr('héllo', 'l'), instr(x'68c3a96c6c6f', x'6c'), instr('héllo', x'6c'), instr(x'68c3a96c', 'l'), instr('abc', ''), instr('', ''), instr(x'', x''), instr(12312, 31), instr('abc', NULL), instr(NULL, 'a'), instr('aaa', 'aa'), instr('abcabc', 'ca'), instr('ABC', 'b');
-- # length and octet_length
SELECT length('é'), octet_length('é'), length(x'c3a9'), octet_length(x'c3a9'), length(1.50), octet_length(1.50), length(-17), length('a' || char(0) || 'b'), octet_length('a' || char(0) || 'b'), length(''), octet_length(NULL), length('😀');
-- # likelihood takes a constant between 0 and 1
SELECT likelihood('x', 0.0), likelihood('x', 1.0), likely(NULL), unlikely(5);
SELECT likelihood(1, 1);
SELECT likelihood(1, 1.1);
SELECT likelihood(1, -0.1);
SELECT likelihood(1, 0.5 + 0.1);
SELECT likelihood(1);
-- # lower, upper, trim of both sides and of one
SELECT lower('ÀÉ Z'), upper('àé z'), lower(x'414200'), upper(1e5), trim('  x  ') || '|', ltrim('  x  ') || '|', rtrim('  x  ') || '|', trim('xyxaxyx', 'xy'), ltrim('xyxaxyx', 'yx'), rtrim('xyxaxyx', 'xy'), trim('ééaéé', 'é'), trim('abc', 'abc'), trim(121, 1), trim('abc', NULL), trim(char(9) || ' a'), trim(x'2061', ' '), typeof(trim(5));
-- # max, min and nullif take the first collation among their arguments
SELECT max('a', 'B', 'c' COLLATE nocase), max('a' COLLATE nocase, 'B'), min('b', 'A' COLLATE nocase), max('a ', 'a' COLLATE rtrim), min(NULL, 1), max(1, 2.5, '3', x'34'), min(1, 2.5, '3', x'34'), nullif('a', 'A' COLLATE nocase), nullif('a' COLLATE nocase, 'A' COLLATE binary);
CREATE TABLE co(n COLLATE nocase, b);
INSERT INTO co VALUES ('a', 'B'), ('b', 'A');
SELECT max(n, b), max(b, n), min(n, b), nullif(n, upper(n)), nullif(upper(n), n), max(b || '', n || '') FROM co;
-- # quote: literals of everything
SELECT quote('a''b'), quote('a' || char(0) || 'b'), quote(x'00FF'), quote(-5), quote(1e100), quote(1.0), quote(0.1), quote(-1e400), quote(NULL), quote(''), quote(x''), quote(1e-5), quote(123456789012345678);
-- # random numbers and blobs
SELECT typeof(random()), random() BETWEEN -9223372036854775807 AND 9223372036854775807, length(randomblob(16)), length(randomblob(-5)), length(randomblob(NULL)), length(hex(randomblob(16))), typeof(randomblob(2)), length(randomblob('3')), length(randomblob(2.9)), abs(random()) >= 0;
SELECT zeroblob(0), zeroblob(-1), zeroblob(NULL), zeroblob('2'), length(zeroblob(100000)), zeroblob(2) = x'0000', zeroblob(2) || 'x', hex(substr(zeroblob(5), 2, 2));
-- # replace
SELECT replace('abcabc', 'bc', 'X'), replace('abc', '', 'X'), replace('aaa', 'a', ''), replace('Aa', 'a', 'b'), replace('a1b1', 1, 2), replace('abc', 'b', NULL), replace(NULL, 'a', 'b'), replace('abc', 'abcd', 'x'), replace('aaaa', 'aa', 'a'), replace(x'616263', 'b', 'X'), typeof(replace(123, 2, 9)), replace('é', 'é', 'è'), replace('a', 'a', 1.0);
-- # soundex
SELECT soundex('Tymczak'), soundex('Pfister'), soundex('Honeyman'), soundex(NULL), soundex('123'), soundex(''), soundex('a'), soundex('  Ashcraft'), soundex('é');
-- # substr: from the left and the right, backwards, in characters or bytes
SELECT substr('abcdef', 2), substr('abcdef', 2, 3), substr('abcdef', -2), substr('abcdef', -3, 2), substr('abcdef', 3, -2), substr('abcdef', -2, -2), substr('abcdef', 0), substr('abcdef', 0, 2), substr('abcdef', 7), substr('abcdef', -9, 5), substr('héé', 2, 1), hex(substr(x'0102030405', -2)), hex(substr(x'0102030405', 2, -1)), substring('abc', 1, 1), substring('abc', -1), substr(12345, 2, 2), substr('abc', '2'), substr('abc', 2.9), substr('abc', NULL, 1), substr('abc', 1, NULL), substr('abc', 1, 9223372036854775807), substr('abc', -9223372036854775807, 3);
-- # what the connection and the library say of themselves
SELECT sqlite_version(), length(sqlite_source_id()) > 50, sqlite_compileoption_used('SQLITE_THREADSAFE'), sqlite_compileoption_used('no such'), sqlite_compileoption_get(100000), sqlite_compileoption_used(NULL);
SELECT sqlite_offset(n) FROM co;
SELECT load_extension('nosuch');
SELECT load_extension('nosuch', 'entry');
-- # changes, total_changes, last_insert_rowid: not what triggers did
CREATE TABLE l(x);
CREATE TRIGGER lt AFTER INSERT ON co BEGIN INSERT INTO l VALUES (new.n), (new.b), (3); UPDATE l SET x = x; END;
INSERT INTO co VALUES ('c', 'd'), ('e', 'f');
SELECT changes(), total_changes(), last_insert_rowid();
DELETE FROM l WHERE 0;
SELECT changes(), total_changes(), last_insert_rowid();
CREATE TABLE cc AS SELECT * FROM l;
SELECT changes(), last_insert_rowid();
DROP TABLE cc;
SELECT changes();
REPLACE INTO co(rowid, n) VALUES (1, 'r');
SELECT changes(), last_insert_rowid();
SELECT typeof(NULL), typeof(1), typeof(1.0), typeof('x'), typeof(x'00'), typeof(1 = 1), typeof(zeroblob(1)), typeof(CAST(1 AS NUMERIC));
