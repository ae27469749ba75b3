//! The same statements on a real PostgreSQL: the schema is made, and every statement prepares with the types we bind.
//!
//! `CORRIDOR_TEST_POSTGRES` says how psql connects, for example `postgresql://postgres@localhost/postgres`. The test
//! makes a schema of its own and drops it.
#![expect(clippy::expect_used, reason = "a server that cannot be asked is a test that fails")]

mod statement_files;

use std::io::Write as _;
use std::process::{Command, Stdio};

use corridor::store::engine::placeholders::{number, postgres_ddl};
use statement_files::{Statement, bare, migrations, orders, statements};

/// What the program binds and reads: nothing else may go in or come out.
const TYPES: &[&str] = &["bigint", "text", "bytea"];

#[test]
#[ignore = "needs a PostgreSQL server: run by .ci/run"]
fn every_statement_prepares_on_postgresql() {
    let server = Server::with_fresh_schema();
    for migration in migrations() {
        server.run(&postgres_ddl(&migration.sql)).unwrap_or_else(|error| panic!("{}: {error}", migration.path));
    }
    let refused = server.run("prepare s as select nothing from nowhere;");
    assert!(refused.is_err(), "the proof that a wrong statement is refused");
    let all: Vec<Statement> = statements().into_iter().chain(orders()).collect();
    let faults: Vec<String> =
        all.iter().enumerate().filter_map(|(at, statement)| server.fault(at, statement)).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    let narrow = Statement { path: "made/up.sql".into(), sql: "select 1 where 1 = :a".into() };
    assert!(server.fault(all.len(), &narrow).is_some(), "the proof that a narrow type is found");
}

/// A PostgreSQL server and a schema in it that goes with this value.
struct Server {
    address: String,
    schema: String,
}

impl Server {
    fn with_fresh_schema() -> Self {
        let address = std::env::var("CORRIDOR_TEST_POSTGRES")
            .expect("CORRIDOR_TEST_POSTGRES says how psql connects: postgresql://user@host/database");
        let server = Self { address, schema: format!("corridor_test_{}", std::process::id()) };
        let Self { schema, .. } = &server;
        server.run(&format!("create schema {schema};")).expect("a schema can be made");
        server
    }

    /// Prepares a statement, and looks at the types of what goes in and comes out.
    fn fault(&self, at: usize, statement: &Statement) -> Option<String> {
        let sql = number(&statement.sql).sql;
        let reads = bare(&sql).trim_start().starts_with("select");
        let columns = if reads { format!("{sql}\n\\gdesc\n") } else { String::new() };
        let parameters = format!("select unnest(parameter_types) from pg_prepared_statements where name = 's{at}';");
        let script = format!("prepare s{at} as {sql}\n;\n{parameters}\n{columns}");
        match self.run(&script) {
            Err(error) => Some(format!("{}: {error}", statement.path)),
            Ok(told) => {
                let wrong = told.lines().map(type_of).find(|found| !TYPES.contains(found))?;
                Some(format!("{}: a parameter or a column is {wrong}; cast it to bigint or text", statement.path))
            }
        }
    }

    /// Runs a script in one session and returns what it prints, one row a line.
    fn run(&self, script: &str) -> Result<String, String> {
        let mut psql = Command::new("psql")
            .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--dbname"])
            .arg(&self.address)
            .env("PGOPTIONS", format!("-c search_path={} -c client_min_messages=warning", self.schema))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("psql cannot be started: {error}"))?;
        psql.stdin.take().expect("psql reads").write_all(script.as_bytes()).map_err(|error| error.to_string())?;
        let output = psql.wait_with_output().map_err(|error| error.to_string())?;
        if output.status.success() {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // What is left behind is one empty schema of a test server.
        self.run(&format!("drop schema {} cascade;", self.schema)).ok();
    }
}

/// The type in a line of psql: that of a parameter (`bigint`), or of a column (`id|bigint`).
fn type_of(line: &str) -> &str {
    line.rsplit('|').next().unwrap_or(line)
}
