//! A server that is far away: what passes in either direction arrives later, in any amount.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

/// Listens on a port of this machine, and passes on to a server's Unix socket.
pub struct Proxy {
    port: u16,
}

impl Proxy {
    /// Starts one that keeps everything for that time, in each direction. It ends with this process.
    pub fn start(server: &Path, delay: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let socket: PathBuf = server.join(".s.PGSQL.5432");
        thread::spawn(move || {
            for near in listener.incoming() {
                pass(near.unwrap(), UnixStream::connect(&socket).unwrap(), delay);
            }
        });
        Self { port }
    }

    /// The URL of the same database through this.
    pub fn url(&self, direct: &str) -> String {
        let database = direct.rsplit('/').next().unwrap();
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }
}

fn pass(near: TcpStream, far: UnixStream, delay: Duration) {
    near.set_nodelay(true).unwrap();
    let (near_too, far_too) = (near.try_clone().unwrap(), far.try_clone().unwrap());
    let (ended_near, ended_far) = (near.try_clone().unwrap(), far.try_clone().unwrap());
    later(near, far_too, delay, move || {
        let _ = ended_far.shutdown(Shutdown::Write);
    });
    later(far, near_too, delay, move || {
        let _ = ended_near.shutdown(Shutdown::Write);
    });
}

/// One direction. Reading goes on while earlier packets wait, so that the delay is one of time and not of throughput.
fn later(
    mut from: impl Read + Send + 'static,
    mut to: impl Write + Send + 'static,
    delay: Duration,
    end: impl FnOnce() + Send + 'static,
) {
    let (sender, receiver) = mpsc::channel::<(Instant, Vec<u8>)>();
    thread::spawn(move || {
        let mut buffer = vec![0; 1 << 16];
        while let Ok(length @ 1..) = from.read(&mut buffer) {
            let due = Instant::now() + delay;
            if sender.send((due, buffer[..length].to_vec())).is_err() {
                return;
            }
        }
    });
    thread::spawn(move || {
        for (due, packet) in receiver {
            thread::sleep(due.saturating_duration_since(Instant::now()));
            if to.write_all(&packet).is_err() {
                break;
            }
        }
        end();
    });
}
