/*
 * SQLite's SQL, as of 3.54, in the shape of the syntax diagrams on sqlite.org/lang.html.
 *
 * Tokens come from a hand-written tokenizer, in this order and with these numbers: SQLite's rules for numbers, variables, blobs and for WINDOW,
 * OVER and FILTER are awkward to say in a lexer grammar.
 *
 * Where SQLite's parser commits to a keyword although the word could be a name as well, a predicate says so.
 */
parser grammar SQLiteParser;

tokens {
    ILLEGAL, SEMICOLON, LEFT_PAREN, RIGHT_PAREN, COMMA, DOT, PLUS, MINUS, STAR, SLASH, PERCENT, EQUAL,
    NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, SHIFT_LEFT, SHIFT_RIGHT, BIT_AND, BIT_OR, TILDE,
    CONCAT, ARROW, DOUBLE_ARROW, INTEGER, FLOAT, SEPARATED_NUMBER, BLOB, VARIABLE, ADD, ALL, ALTER, AND, AS,
    AUTOINCREMENT, BETWEEN, CASE, CHECK, COLLATE, COMMIT, CONSTRAINT, CREATE, DEFAULT, DEFERRABLE, DELETE,
    DISTINCT, DROP, ELSE, ESCAPE, EXCEPT, EXISTS, FILTER, FOREIGN, FROM, GROUP, HAVING, IN, INDEX, INSERT,
    INTERSECT, INTO, IS, ISNULL, JOIN, LIMIT, NOT, NOTHING, NOTNULL, NULL, ON, OR, ORDER, OVER, PRIMARY,
    REFERENCES, RETURNING, SELECT, SET, TABLE, THEN, TO, TRANSACTION, UNION, UNIQUE, UPDATE, USING, VALUES,
    WHEN, WHERE, WINDOW, STRING, IDENTIFIER, INDEXED, CROSS, FULL, INNER, LEFT, NATURAL, OUTER, RIGHT, ABORT,
    ACTION, AFTER, ALWAYS, ANALYZE, ASC, ATTACH, BEFORE, BEGIN, BY, CASCADE, CAST, COLUMN, CONFLICT, CURRENT,
    CURRENT_DATE, CURRENT_TIME, CURRENT_TIMESTAMP, DATABASE, DEFERRED, DESC, DETACH, DO, EACH, END, EXCLUDE,
    EXCLUSIVE, EXPLAIN, FAIL, FIRST, FOLLOWING, FOR, GENERATED, GLOB, GROUPS, IF, IGNORE, IMMEDIATE,
    INITIALLY, INSTEAD, KEY, LAST, LIKE, MATCH, MATERIALIZED, NO, NULLS, OF, OFFSET, OTHERS, PARTITION, PLAN,
    PRAGMA, PRECEDING, QUERY, RAISE, RANGE, RECURSIVE, REGEXP, REINDEX, RELEASE, RENAME, REPLACE, RESTRICT,
    ROLLBACK, ROW, ROWS, SAVEPOINT, TEMP, TEMPORARY, TIES, TRIGGER, UNBOUNDED, VACUUM, VIEW, VIRTUAL, WITH,
    WITHOUT
}

// ---------------------------------------------------------------- Texts

/** The first statement of a text, up to its semicolon; nothing behind it is read. */
nextStatement
    : SEMICOLON* (explainedStatement (SEMICOLON | EOF) | EOF)
    ;

/** An expression that fills the text. */
wholeExpression
    : expr EOF
    ;

explainedStatement
    : (EXPLAIN (QUERY PLAN)?)? statement
    ;

statement
    : withClause? (select | insert | update | delete)
    | createTable
    | createIndex
    | createView
    | createTrigger
    | createVirtualTable
    | dropObject
    | alterTable
    | beginTransaction
    | commitTransaction
    | rollbackTransaction
    | savepoint
    | release
    | attach
    | detach
    | pragma
    | analyze
    | reindex
    | vacuum
    ;

// ---------------------------------------------------------------- Names

/** Whatever may name a table, a column or another object. */
name
    : STRING
    | identifier
    ;

/** A name that is no string: of a function, or the first of an expression. */
identifier
    : IDENTIFIER
    | INDEXED
    | joinWord
    | softKeyword
    | termKeyword
    ;

/** As the first word of an expression. */
leadingIdentifier
    : IDENTIFIER
    | INDEXED
    | joinWord
    | softKeyword
    ;

/** An alias without AS, a word of a type, a collation. */
plainName
    : STRING
    | plainIdentifier
    ;

plainIdentifier
    : IDENTIFIER
    | softKeyword
    | termKeyword
    ;

joinWord
    : CROSS | FULL | INNER | LEFT | NATURAL | OUTER | RIGHT
    ;

/** Keywords that begin a term. */
termKeyword
    : CAST | CURRENT_DATE | CURRENT_TIME | CURRENT_TIMESTAMP | RAISE
    ;

/** Keywords that are identifiers wherever they have no meaning. */
softKeyword
    :    ABORT | ACTION | AFTER | ALWAYS | ANALYZE | ASC | ATTACH | BEFORE | BEGIN | BY | CASCADE | COLUMN |
    CONFLICT | CURRENT | DATABASE | DEFERRED | DESC | DETACH | DO | EACH | END | EXCLUDE | EXCLUSIVE |
    EXPLAIN | FAIL | FIRST | FOLLOWING | FOR | GENERATED | GLOB | GROUPS | IF | IGNORE | IMMEDIATE |
    INITIALLY | INSTEAD | KEY | LAST | LIKE | MATCH | MATERIALIZED | NO | NULLS | OF | OFFSET | OTHERS |
    PARTITION | PLAN | PRAGMA | PRECEDING | QUERY | RANGE | RECURSIVE | REGEXP | REINDEX | RELEASE | RENAME |
    REPLACE | RESTRICT | ROLLBACK | ROW | ROWS | SAVEPOINT | TEMP | TEMPORARY | TIES | TRIGGER | UNBOUNDED |
    VACUUM | VIEW | VIRTUAL | WITH | WITHOUT
    ;

qualifiedName
    : name (DOT name)?
    ;

nameList
    : LEFT_PAREN name (COMMA name)* RIGHT_PAREN
    ;

alias
    : AS name
    | plainName
    ;

ifNotExists
    : IF NOT EXISTS
    ;

/** The name of a new or doomed object: IF is taken for IF [NOT] EXISTS. */
objectName
    : {_input.LA(1) != IF || _input.LA(-1) == EXISTS}? qualifiedName
    ;

// ---------------------------------------------------------------- Expressions, from the weakest operator to the strongest

expr
    : andExpr (OR andExpr)*
    ;

andExpr
    : notExpr (AND notExpr)*
    ;

notExpr
    : NOT notExpr
    | testExpr
    ;

testExpr
    : comparisonExpr test*
    ;

test
    : (EQUAL | NOT_EQUAL) comparisonExpr                                        # equalTest
    | IS NOT? (DISTINCT FROM)? comparisonExpr                                   # isTest
    | (ISNULL | NOTNULL | NOT NULL) continuation*                               # nullTest
    | NOT? (LIKE | GLOB | REGEXP | MATCH) comparisonExpr (ESCAPE comparisonExpr)?  # likeTest
    | NOT? BETWEEN notExpr AND comparisonExpr                                   # betweenTest
    | NOT? IN inOperand continuation*                                           # inTest
    ;

/** A test that ends by itself may be the left operand of stronger operators: a IN (1) + 2. */
continuation
    : COLLATE plainName
    | (CONCAT | ARROW | DOUBLE_ARROW) collateExpr
    | (STAR | SLASH | PERCENT) concatExpr
    | (PLUS | MINUS) productExpr
    | (BIT_AND | BIT_OR | SHIFT_LEFT | SHIFT_RIGHT) sumExpr
    | (LESS | LESS_EQUAL | GREATER | GREATER_EQUAL) bitExpr
    ;

inOperand
    : LEFT_PAREN select0 RIGHT_PAREN
    | LEFT_PAREN {_input.LA(1) != WITH}? exprList? RIGHT_PAREN
    | qualifiedName (LEFT_PAREN exprList? RIGHT_PAREN)?
    ;

comparisonExpr
    : bitExpr ((LESS | LESS_EQUAL | GREATER | GREATER_EQUAL) bitExpr)*
    ;

bitExpr
    : sumExpr ((BIT_AND | BIT_OR | SHIFT_LEFT | SHIFT_RIGHT) sumExpr)*
    ;

sumExpr
    : productExpr ((PLUS | MINUS) productExpr)*
    ;

productExpr
    : concatExpr ((STAR | SLASH | PERCENT) concatExpr)*
    ;

concatExpr
    : collateExpr ((CONCAT | ARROW | DOUBLE_ARROW) collateExpr)*
    ;

collateExpr
    : unaryExpr (COLLATE plainName)*
    ;

/** NOT may stand here as well; its operand goes as far as that of any other NOT. */
unaryExpr
    : (MINUS | PLUS | TILDE) unaryExpr
    | NOT notExpr
    | primary
    ;

primary
    : literal                                                                   # literalPrimary
    | VARIABLE                                                                  # parameterPrimary
    | CAST LEFT_PAREN expr AS typeName? RIGHT_PAREN                             # castPrimary
    | CASE expr? caseBranch+ (ELSE expr)? END                                   # casePrimary
    | EXISTS LEFT_PAREN select0 RIGHT_PAREN                                     # existsPrimary
    | RAISE LEFT_PAREN (IGNORE | (ROLLBACK | ABORT | FAIL) COMMA expr) RIGHT_PAREN  # raisePrimary
    | LEFT_PAREN select0 RIGHT_PAREN                                            # subqueryPrimary
    | LEFT_PAREN {_input.LA(1) != WITH}? exprList RIGHT_PAREN                   # listPrimary
    | functionCall                                                              # callPrimary
    | (STRING | leadingIdentifier) (DOT name)? DOT name                         # pathPrimary
    | leadingIdentifier                                                         # namePrimary
    ;

literal
    : NULL | INTEGER | FLOAT | SEPARATED_NUMBER | STRING | BLOB | CURRENT_DATE | CURRENT_TIME | CURRENT_TIMESTAMP
    ;

caseBranch
    : WHEN expr THEN expr
    ;

functionCall
    : leadingIdentifier LEFT_PAREN (STAR | (DISTINCT | ALL)? exprList? (ORDER BY orderingTerms)?) RIGHT_PAREN
      (FILTER LEFT_PAREN WHERE expr RIGHT_PAREN)? (OVER (name | window))?
    ;

exprList
    : expr (COMMA expr)*
    ;

orderingTerms
    : orderingTerm (COMMA orderingTerm)*
    ;

orderingTerm
    : expr (ASC | DESC)? (NULLS (FIRST | LAST))?
    ;

typeName
    : plainName+ (LEFT_PAREN signedNumber (COMMA signedNumber)? RIGHT_PAREN)?
    ;

signedNumber
    : (PLUS | MINUS)? (INTEGER | FLOAT)
    ;

window
    : LEFT_PAREN windowBase? (PARTITION BY expr (COMMA expr)*)? (ORDER BY orderingTerms)? frame? RIGHT_PAREN
    ;

windowBase
    : {_input.LA(1) != PARTITION && _input.LA(1) != ROWS && _input.LA(1) != RANGE && _input.LA(1) != GROUPS}? name
    ;

frame
    : (ROWS | RANGE | GROUPS) (frameStart | BETWEEN frameStart AND frameEnd) (EXCLUDE frameExclude)?
    ;

frameStart
    : UNBOUNDED PRECEDING
    | frameBound
    ;

frameEnd
    : UNBOUNDED FOLLOWING
    | frameBound
    ;

frameBound
    : CURRENT ROW
    | {_input.LA(1) != CURRENT && _input.LA(1) != UNBOUNDED}? expr (PRECEDING | FOLLOWING)
    ;

frameExclude
    : NO OTHERS
    | CURRENT ROW
    | GROUP
    | TIES
    ;

// ---------------------------------------------------------------- Queries

/** A query inside parentheses, or after AS. */
select0
    : withClause? select
    ;

select
    : selectCore (compoundOperator selectCore)*
    ;

compoundOperator
    : UNION ALL?
    | INTERSECT
    | EXCEPT
    ;

/** ORDER BY and LIMIT are taken anywhere, as SQLite does, and refused afterwards where they are not the last. */
selectCore
    : SELECT (DISTINCT | ALL)? resultColumns fromClause? whereClause? (GROUP BY expr (COMMA expr)*)? (HAVING expr)?
      (WINDOW namedWindow (COMMA namedWindow)*)? orderByClause? limitClause?
    | VALUES valuesRow (COMMA valuesRow)*
    ;

valuesRow
    : LEFT_PAREN expr (COMMA expr)* RIGHT_PAREN
    ;

namedWindow
    : name AS window
    ;

orderByClause
    : ORDER BY orderingTerms
    ;

limitClause
    : LIMIT expr ((OFFSET | COMMA) expr)?
    ;

whereClause
    : WHERE expr
    ;

resultColumns
    : resultColumn (COMMA resultColumn)*
    ;

resultColumn
    : STAR
    | (STRING | leadingIdentifier) DOT STAR
    | expr resultAlias?
    ;

/** Behind an expression LIKE and its kin are operators. */
resultAlias
    : AS name
    | {_input.LA(1) != LIKE && _input.LA(1) != GLOB && _input.LA(1) != REGEXP && _input.LA(1) != MATCH}? plainName
    ;

withClause
    : WITH RECURSIVE? commonTable (COMMA commonTable)*
    ;

commonTable
    : commonTableName indexedNames? AS (NOT? MATERIALIZED)? LEFT_PAREN select0 RIGHT_PAREN
    ;

commonTableName
    : {_input.LA(1) != RECURSIVE || _input.LA(-1) != WITH}? name
    ;

/** SQLite's grammar has room for COLLATE and an order here, and refuses them afterwards. */
indexedNames
    : LEFT_PAREN indexedName (COMMA indexedName)* RIGHT_PAREN
    ;

indexedName
    : name (COLLATE plainName)? (ASC | DESC)?
    ;

fromClause
    : FROM joinChain
    ;

joinChain
    : joinItem (joinOperator joinItem)*
    ;

/** An ON behind a source is always taken for its condition, even if that of an upsert was meant. */
joinItem
    : source (ON expr | USING nameList | {_input.LA(1) != ON}?)
    ;

/** Any names may stand between the first join word and JOIN; SQLite judges them afterwards. */
joinOperator
    : COMMA
    | JOIN
    | joinWord (name name?)? JOIN
    ;

source
    : qualifiedName alias? indexedBy?                                           # tableSource
    | qualifiedName LEFT_PAREN exprList? RIGHT_PAREN alias?                     # functionSource
    | LEFT_PAREN select0 RIGHT_PAREN alias?                                     # subquerySource
    | LEFT_PAREN {_input.LA(1) != WITH}? joinChain RIGHT_PAREN alias?           # joinSource
    ;

indexedBy
    : INDEXED BY name
    | NOT INDEXED
    ;

// ---------------------------------------------------------------- Changes of rows

insert
    : (INSERT orAction? | REPLACE) INTO qualifiedName (AS name)? nameList?
      (select0 upsert* returning? | DEFAULT VALUES returning?)
    ;

orAction
    : OR resolution
    ;

resolution
    : ROLLBACK | ABORT | FAIL | IGNORE | REPLACE
    ;

upsert
    : ON CONFLICT (LEFT_PAREN orderingTerms RIGHT_PAREN whereClause?)?
      DO (NOTHING | UPDATE SET assignments whereClause?)
    ;

assignments
    : assignment (COMMA assignment)*
    ;

assignment
    : (name | nameList) EQUAL expr
    ;

returning
    : RETURNING resultColumns
    ;

target
    : qualifiedName (AS name)? indexedBy?
    ;

update
    : UPDATE orAction? target SET assignments fromClause? whereClause? returning? orderByClause? limitClause?
    ;

delete
    : DELETE FROM target whereClause? returning? orderByClause? limitClause?
    ;

// ---------------------------------------------------------------- Changes of the schema

createTable
    : CREATE (TEMP | TEMPORARY)? TABLE ifNotExists? objectName (AS select0 | tableContent)
    ;

tableContent
    : LEFT_PAREN columnDefinition (COMMA columnDefinition)* (COMMA tableConstraint (COMMA? tableConstraint)*)? RIGHT_PAREN
      tableOption? (COMMA tableOption)*
    ;

tableOption
    : WITHOUT name
    | {_input.LA(1) != WITHOUT}? name
    ;

/** The words of a type go on as long as they can, over GENERATED ALWAYS too; these are cut off afterwards. */
columnDefinition
    : name typeName? columnConstraint*
    ;

columnConstraint
    : CONSTRAINT name columnRule?
    | columnRule
    ;

columnRule
    : DEFAULT ({_input.LA(1) != LEFT_PAREN}? defaultValue | LEFT_PAREN expr RIGHT_PAREN)  # defaultRule
    | NULL conflictClause?                                                      # nullRule
    | NOT NULL conflictClause?                                                  # notNullRule
    | PRIMARY KEY (ASC | DESC)? conflictClause? AUTOINCREMENT?                  # primaryKeyRule
    | UNIQUE conflictClause?                                                    # uniqueRule
    | CHECK LEFT_PAREN expr RIGHT_PAREN                                         # checkRule
    | references                                                                # referencesRule
    | deferral                                                                  # deferralRule
    | COLLATE plainName                                                         # collateRule
    | (GENERATED ALWAYS)? AS LEFT_PAREN expr RIGHT_PAREN plainIdentifier?       # generatedRule
    ;

defaultValue
    : (PLUS | MINUS)? literal
    | IDENTIFIER
    | INDEXED
    | softKeyword
    | CAST
    | RAISE
    ;

conflictClause
    : ON CONFLICT resolution
    ;

references
    : REFERENCES name indexedNames? (MATCH name | ON (DELETE | UPDATE | INSERT) referenceAction)*
    ;

referenceAction
    : SET NULL
    | SET DEFAULT
    | CASCADE
    | RESTRICT
    | NO ACTION
    ;

deferral
    : NOT? DEFERRABLE (INITIALLY (DEFERRED | IMMEDIATE))?
    ;

tableConstraint
    : CONSTRAINT name tableRule?
    | tableRule
    ;

tableRule
    : PRIMARY KEY LEFT_PAREN orderingTerms AUTOINCREMENT? RIGHT_PAREN conflictClause?  # tablePrimaryKey
    | UNIQUE LEFT_PAREN orderingTerms RIGHT_PAREN conflictClause?               # tableUnique
    | CHECK LEFT_PAREN expr RIGHT_PAREN conflictClause?                         # tableCheck
    | FOREIGN KEY indexedNames references deferral?                             # tableForeignKey
    ;

createIndex
    : CREATE UNIQUE? INDEX ifNotExists? objectName ON name LEFT_PAREN orderingTerms RIGHT_PAREN whereClause?
    ;

createView
    : CREATE (TEMP | TEMPORARY)? VIEW ifNotExists? objectName indexedNames? AS select0
    ;

createTrigger
    : CREATE (TEMP | TEMPORARY)? TRIGGER ifNotExists? objectName (BEFORE | AFTER | INSTEAD OF)?
      (DELETE | INSERT | UPDATE (OF name (COMMA name)*)?) ON qualifiedName (FOR EACH ROW)? (WHEN expr)?
      BEGIN (triggerStatement SEMICOLON)+ END
    ;

triggerStatement
    : triggerInsert
    | triggerUpdate
    | triggerDelete
    | select0
    ;

triggerInsert
    : (INSERT orAction? | REPLACE) INTO qualifiedName (AS name)? nameList? select0 upsert* returning?
    ;

triggerUpdate
    : UPDATE orAction? target SET assignments fromClause? whereClause?
    ;

triggerDelete
    : DELETE FROM target whereClause?
    ;

createVirtualTable
    : CREATE VIRTUAL TABLE ifNotExists? objectName USING name (LEFT_PAREN moduleArgument (COMMA moduleArgument)* RIGHT_PAREN)?
    ;

/** Any tokens, parentheses in pairs. */
moduleArgument
    : (~(LEFT_PAREN | RIGHT_PAREN | COMMA | ILLEGAL) | LEFT_PAREN nestedArguments RIGHT_PAREN)*
    ;

nestedArguments
    : (~(LEFT_PAREN | RIGHT_PAREN | ILLEGAL) | LEFT_PAREN nestedArguments RIGHT_PAREN)*
    ;

dropObject
    : DROP (TABLE | INDEX | VIEW | TRIGGER) (IF EXISTS)? objectName
    ;

alterTable
    : ALTER TABLE qualifiedName alteration
    ;

alteration
    : RENAME TO name                                                            # renameTable
    | RENAME COLUMN? columnName TO name                                         # renameColumn
    | ADD COLUMN? {_input.LA(1) != COLUMN || _input.LA(-1) == COLUMN}? columnDefinition  # addColumn
    | ADD (CONSTRAINT name)? CHECK LEFT_PAREN expr RIGHT_PAREN conflictClause?  # addConstraint
    | DROP COLUMN? columnName                                                   # dropColumn
    | DROP CONSTRAINT name                                                      # dropConstraint
    | ALTER COLUMN? columnName SET NOT NULL conflictClause?                     # setNotNull
    | ALTER COLUMN? columnName DROP NOT NULL                                    # dropNotNull
    ;

/** COLUMN is taken for the optional word, not for a name, if it comes first. */
columnName
    : {_input.LA(1) != COLUMN || _input.LA(-1) == COLUMN}? name
    ;

// ---------------------------------------------------------------- Commands

beginTransaction
    : BEGIN (DEFERRED | IMMEDIATE | EXCLUSIVE)? (TRANSACTION name?)?
    ;

commitTransaction
    : (COMMIT | END) (TRANSACTION name?)?
    ;

rollbackTransaction
    : ROLLBACK (TRANSACTION name?)? (TO SAVEPOINT? savepointName)?
    ;

savepoint
    : SAVEPOINT name
    ;

release
    : RELEASE SAVEPOINT? savepointName
    ;

/** SAVEPOINT is taken for the optional word if it comes first. */
savepointName
    : {_input.LA(1) != SAVEPOINT || _input.LA(-1) == SAVEPOINT}? name
    ;

attach
    : ATTACH DATABASE? databaseExpr AS expr (KEY expr)?
    ;

detach
    : DETACH DATABASE? databaseExpr
    ;

/** DATABASE is taken for the optional word if it comes first. */
databaseExpr
    : {_input.LA(1) != DATABASE || _input.LA(-1) == DATABASE}? expr
    ;

pragma
    : PRAGMA qualifiedName (EQUAL pragmaValue | LEFT_PAREN pragmaValue RIGHT_PAREN)?
    ;

pragmaValue
    : (PLUS | MINUS)? (INTEGER | FLOAT)
    | name
    | ON
    | DELETE
    | DEFAULT
    ;

analyze
    : ANALYZE qualifiedName?
    ;

/** A lone name EXPRESSIONS asks for the indexes on expressions. */
reindex
    : REINDEX qualifiedName?
    ;

vacuum
    : VACUUM name? (INTO expr)?
    ;
