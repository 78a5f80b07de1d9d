//! Each PostgreSQL that is installed here: it starts, is what was asked for, and can be dumped.
//!
//! `sh compiler/tests/servers.sh` installs 16, 17 and 18.

use tablec_testing::{Database, servers};

#[test]
fn every_installed_version_serves_and_dumps() {
    let clusters = servers();
    let versions: Vec<_> = clusters
        .iter()
        .map(|cluster| cluster.binaries().version())
        .collect();
    println!("{} servers: {}", versions.len(), versions.join(", "));
    assert!(!clusters.is_empty(), "no PostgreSQL is installed");
    for cluster in clusters {
        let database = Database::on(cluster);
        let session = database.connect();
        assert_eq!(session.major(), cluster.major());
        let settings = session
            .query_all(&[
                "select current_setting('server_encoding')",
                "select datcollate::text from pg_database where datname = current_database()",
                "select current_setting('listen_addresses')",
            ])
            .expect("settings");
        let settings: Vec<&str> = settings.iter().map(|rows| rows[0].get(0)).collect();
        assert_eq!(settings, ["UTF8", "C.UTF-8", ""], "{}", session.version());
        database.run("create table kept (id int primary key, name text not null)");
        assert!(
            database.dump().contains("CREATE TABLE public.kept"),
            "{}",
            session.version()
        );
    }
}
