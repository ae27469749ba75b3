//! SQLite behind the seam: connections, pragmas, locks, and what its errors mean to a user.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use rusqlite::functions::FunctionFlags;
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi};

use super::many::Widened;
use super::rest::{Held, USUAL};
use super::{Param, RowResult, Value};
use crate::store::StoreError;

/// `Corr` in ASCII: stands in the header of every workspace file, so that another SQLite file is not taken for one.
pub const APPLICATION_ID: i64 = 0x436f_7272;

/// How long a statement waits for another connection of this program before it gives up.
const BUSY_MILLIS: u64 = 5_000;

/// Bytes of a page of a new file: an image of a record with many lines fits in one, and half as many have to be kept in order.
const PAGE: usize = 8_192;

/// Room for every statement of the program, so that each is prepared once.
const STATEMENT_CACHE: usize = 256;

/// A connection to the engine.
pub struct Db {
    pub(super) connection: Connection,
    /// Indices that rest, and the statement that makes each anew.
    pub(super) resting: RefCell<Vec<(&'static str, String)>>,
    /// Links that wait to be written.
    pub(super) held: RefCell<Held>,
    /// Statements that were widened to take several rows.
    pub(super) widened: RefCell<HashMap<&'static str, Arc<Widened>>>,
}

/// Ends what a connection is doing, from another thread.
pub struct Interrupter(rusqlite::InterruptHandle);

impl Interrupter {
    /// Ends the statements that run now; each fails. Without one nothing happens.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

/// A row of a result.
pub struct Row<'a> {
    row: &'a rusqlite::Row<'a>,
}

impl Row<'_> {
    /// A whole number.
    pub fn int(&self, at: usize) -> RowResult<i64> {
        Ok(self.row.get(at)?)
    }

    /// A whole number, or nothing.
    pub fn opt_int(&self, at: usize) -> RowResult<Option<i64>> {
        Ok(self.row.get(at)?)
    }

    /// Text.
    pub fn text(&self, at: usize) -> RowResult<String> {
        Ok(self.row.get(at)?)
    }

    /// Text where it lies, without a copy.
    pub fn str(&self, at: usize) -> RowResult<&str> {
        match self.row.get_ref(at)? {
            ValueRef::Text(bytes) => Ok(std::str::from_utf8(bytes).unwrap_or_default()),
            _ => Ok(""),
        }
    }

    /// Text, or nothing.
    pub fn opt_text(&self, at: usize) -> RowResult<Option<String>> {
        Ok(self.row.get(at)?)
    }

    /// Bytes; empty where there is nothing.
    pub fn bytes(&self, at: usize) -> RowResult<Vec<u8>> {
        Ok(self.row.get::<_, Option<Vec<u8>>>(at)?.unwrap_or_default())
    }
}

impl Db {
    /// A database in memory, for tests.
    pub fn in_memory() -> Result<Self, StoreError> {
        #[expect(clippy::disallowed_methods, reason = "this is the one place that opens connections")]
        Self::with(Connection::open_in_memory()?)
    }

    /// Makes a new file with the program's mark and write-ahead log.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Self::connect(path, flags, None)?;
        db.execute_batch(&format!("pragma page_size = {PAGE}; pragma application_id = {APPLICATION_ID};"))?;
        db.prepare_for_writing()?;
        Ok(db)
    }

    /// Opens a file for reading and writing.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let db = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX, None)?;
        db.check_mark(path)?;
        db.prepare_for_writing()?;
        Ok(db)
    }

    /// Opens a file for reading only. Nothing is written, not even beside it, where the folder forbids it.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let shared = Self::connect(path, flags, None).and_then(|db| db.check_mark(path).map(|()| db));
        let db = match shared {
            Err(StoreError::CannotOpen { .. } | StoreError::ReadOnlyFolder { .. }) => Self::open_alone(path, flags)?,
            other => other?,
        };
        db.execute_batch("pragma query_only = on;")?;
        Ok(db)
    }

    /// Opens a file in a folder that refuses the file for shared memory, which a write-ahead log needs beside it.
    fn open_alone(path: &Path, flags: OpenFlags) -> Result<Self, StoreError> {
        let log = beside(path, "-wal");
        let has_log = std::fs::metadata(log).is_ok_and(|about| about.len() > 0);
        let db = if has_log {
            // In exclusive mode the index of the log is kept in memory, and without locks no file is touched.
            Self::connect(path, flags, Some(LOCKLESS_VFS))?
        } else {
            // Without a log the file cannot change while the folder is read-only.
            Self::connect(Path::new(&immutable_uri(path)), flags | OpenFlags::SQLITE_OPEN_URI, None)?
        };
        db.check_mark(path)?;
        Ok(db)
    }

    fn connect(path: &Path, flags: OpenFlags, vfs: Option<&str>) -> Result<Self, StoreError> {
        #[expect(clippy::disallowed_methods, reason = "this is the one place that opens connections")]
        let connection = match vfs {
            None => Connection::open_with_flags(path, flags),
            Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs),
        };
        let connection = connection.map_err(|error| StoreError::opening(path, &error))?;
        if vfs.is_some() {
            // Before the first read: only then is the index of the log kept in memory.
            connection.execute_batch("pragma locking_mode = exclusive;")?;
        }
        Self::with(connection).map_err(|error| error.while_opening(path))
    }

    fn with(connection: Connection) -> Result<Self, StoreError> {
        connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
        connection.busy_timeout(std::time::Duration::from_millis(BUSY_MILLIS))?;
        add_strpos(&connection)?;
        connection.execute_batch(&format!(
            "pragma foreign_keys = on; pragma cache_size = -{USUAL}; pragma temp_store = memory;"
        ))?;
        Ok(Self { connection, resting: RefCell::default(), held: RefCell::default(), widened: RefCell::default() })
    }

    /// Refuses a file that is not a workspace. This is the first read, so it also finds a file that is not SQLite.
    fn check_mark(&self, path: &Path) -> Result<(), StoreError> {
        let mark = self.pragma("application_id").map_err(|error| error.while_opening(path))?;
        if mark == APPLICATION_ID {
            Ok(())
        } else {
            Err(StoreError::NotAWorkspace { path: path.display().to_string() })
        }
    }

    /// Write-ahead log, and every commit flushed to the disk before it counts.
    fn prepare_for_writing(&self) -> Result<(), StoreError> {
        self.execute_batch("pragma journal_mode = wal; pragma synchronous = full;")
    }

    /// The value of a pragma that is a number.
    pub fn pragma(&self, name: &str) -> Result<i64, StoreError> {
        Ok(self.connection.pragma_query_value(None, name, |row| row.get(0))?)
    }

    /// What another thread needs to end what this connection is doing.
    #[must_use]
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.connection.get_interrupt_handle())
    }

    /// Runs statements without parameters.
    pub fn execute_batch(&self, sql: &str) -> Result<(), StoreError> {
        Ok(self.connection.execute_batch(sql)?)
    }

    /// Runs a statement and returns how many rows it changed.
    pub fn run(&self, sql: &str, params: &[Param<'_>]) -> Result<usize, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        bind(&mut statement, params)?;
        Ok(statement.raw_execute()?)
    }

    /// Every row of a result.
    pub fn rows<T>(
        &self,
        sql: &str,
        params: &[Param<'_>],
        mut turn: impl FnMut(&Row<'_>) -> RowResult<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        bind(&mut statement, params)?;
        let mut rows = statement.raw_query();
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(turn(&Row { row })?);
        }
        Ok(all)
    }

    /// The first row of a result.
    pub fn first<T>(
        &self,
        sql: &str,
        params: &[Param<'_>],
        turn: impl FnOnce(&Row<'_>) -> RowResult<T>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        bind(&mut statement, params)?;
        let mut rows = statement.raw_query();
        rows.next()?.map(|row| turn(&Row { row })).transpose()
    }

    /// Does `work` whole or not at all.
    pub fn transaction<T, E: From<StoreError>>(&self, work: impl FnOnce(&Self) -> Result<T, E>) -> Result<T, E> {
        self.execute_batch("begin immediate;")?;
        let commit = || self.wake_all().and_then(|()| self.execute_batch("commit;"));
        match work(self).and_then(|done| commit().map(|()| done).map_err(E::from)) {
            Ok(done) => Ok(done),
            Err(error) => {
                // The indices that rest come back with everything else.
                self.resting.borrow_mut().clear();
                self.held.take();
                // A failed commit may have rolled back by itself; what counts is the first error.
                self.execute_batch("rollback;").ok();
                Err(error)
            }
        }
    }

    /// The statements that `work` runs, each as written and with its values in it, so that a bench can give them to the
    /// bare engine.
    pub fn traced(&self, work: impl FnOnce()) -> Vec<(String, String)> {
        self.start_trace();
        work();
        self.stop_trace()
    }

    /// Begins to collect statements, for work that needs the workspace for itself.
    pub fn start_trace(&self) {
        TRACE.with_borrow_mut(Vec::clear);
        self.connection.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(keep_statement));
    }

    /// Ends it, and returns the statements since then.
    pub fn stop_trace(&self) -> Vec<(String, String)> {
        self.connection.trace_v2(TraceEventCodes::empty(), None);
        TRACE.take()
    }

    /// The raw connection, for migrations alone.
    pub(in crate::store) const fn connection_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// What SQLite itself finds wrong with the file; empty where it is sound.
    pub fn integrity_problems(&self) -> Result<Vec<String>, StoreError> {
        let found = self.rows("pragma integrity_check(20)", &[], |row| row.text(0))?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }
}

/// The file system layer of SQLite that takes no locks, for reading where nothing may be written.
const LOCKLESS_VFS: &str = if cfg!(windows) { "win32-none" } else { "unix-none" };

/// PostgreSQL has `strpos` and SQLite has not; `instr` is its twin under another name, so both engines run one statement.
fn add_strpos(connection: &Connection) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("strpos", 2, flags, |context| {
        let text = |at| context.get_raw(at).as_str_or_null().map(Option::unwrap_or_default);
        let (Ok(text), Ok(part)) = (text(0), text(1)) else { return Ok(0) };
        Ok(text.find(part).map_or(0, |at| i64::try_from(at).unwrap_or(i64::MAX).saturating_add(1)))
    })?;
    Ok(())
}

std::thread_local! {
    /// Where [`Db::traced`] collects; the engine's hook takes a plain function and no state.
    static TRACE: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

fn keep_statement(event: TraceEvent<'_>) {
    if let TraceEvent::Stmt(statement, _) = event
        && let Some(sql) = statement.expanded_sql()
    {
        TRACE.with_borrow_mut(|trace| trace.push((statement.sql().into_owned(), sql)));
    }
}

fn beside(path: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(ending);
    name.into()
}

/// The address of a file that cannot change, with every byte escaped that has a meaning in an address.
fn immutable_uri(path: &Path) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'.' | b'-' | b'_' | b':' | b'\\');
    let escape = |b: u8| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    let full = std::path::absolute(path).unwrap_or_else(|_error| path.to_path_buf());
    let escaped: String = full.as_os_str().as_encoded_bytes().iter().map(|b| escape(*b)).collect();
    format!("file:{escaped}?immutable=1")
}

fn bind(statement: &mut rusqlite::Statement<'_>, params: &[Param<'_>]) -> Result<(), StoreError> {
    for (guess, (name, value)) in (1..).zip(params) {
        // Most callers name their values in the order of the statement; then no name has to be searched for.
        let at = if statement.parameter_name(guess) == Some(*name) {
            Some(guess)
        } else {
            statement.parameter_index(name)?
        };
        if let Some(at) = at {
            bind_at(statement, at, value)?;
        }
    }
    Ok(())
}

pub(super) fn bind_at(statement: &mut rusqlite::Statement<'_>, at: usize, value: &Value<'_>) -> Result<(), StoreError> {
    match value {
        Value::Null => statement.raw_bind_parameter(at, rusqlite::types::Null)?,
        Value::Int(number) => statement.raw_bind_parameter(at, number)?,
        Value::Text(text) => statement.raw_bind_parameter(at, text.as_ref())?,
        Value::Blob(bytes) => statement.raw_bind_parameter(at, bytes)?,
    }
    Ok(())
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let code = match &error {
            rusqlite::Error::SqliteFailure(failure, _) => Some((failure.code, failure.extended_code)),
            _ => None,
        };
        match code {
            Some((ErrorCode::DiskFull, _) | (_, ffi::SQLITE_IOERR_WRITE)) => Self::DiskFull,
            Some((ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _)) => {
                Self::Damaged { detail: error.to_string() }
            }
            Some((ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _)) => Self::Busy,
            Some((ErrorCode::ReadOnly | ErrorCode::PermissionDenied, _)) => {
                Self::ReadOnlyFolder { detail: error.to_string() }
            }
            Some((ErrorCode::CannotOpen, _)) => Self::CannotOpen { detail: error.to_string() },
            _ => Self::Engine { detail: error.to_string() },
        }
    }
}

impl StoreError {
    fn opening(path: &Path, error: &rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::SqliteFailure(failure, _) if failure.code == ErrorCode::CannotOpen => {
                Self::CannotOpen { detail: path.display().to_string() }
            }
            other => Self::Engine { detail: other.to_string() },
        }
    }

    /// The first read of a file tells whether it is one of ours at all.
    fn while_opening(self, path: &Path) -> Self {
        match self {
            Self::Damaged { detail } if detail.contains("not a database") => {
                Self::NotAWorkspace { path: path.display().to_string() }
            }
            other => other,
        }
    }
}
