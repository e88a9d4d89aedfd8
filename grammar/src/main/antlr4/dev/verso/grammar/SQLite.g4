grammar SQLite;
script : SELECT EOF ;
SELECT : [Ss] [Ee] [Ll] [Ee] [Cc] [Tt] ;
