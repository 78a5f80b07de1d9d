use std::path::Path;

use super::super::cache::Cache;
use super::{Failure, Global};
use crate::catalog::Catalog;
use crate::shadow::Shadow;
use crate::templates::Templates;

/// Scripts by their names.
pub type Scripts = Vec<(String, String)>;

/// What PostgreSQL makes of scripts: remembered by their content, or else built in the shadow, which is started when it is
/// first needed.
pub struct Builder<'a> {
    global: &'a Global,
    cache: Cache,
    shadow: Option<Shadow>,
}

impl<'a> Builder<'a> {
    /// One that remembers nothing.
    pub fn new(global: &'a Global) -> Self {
        Self {
            global,
            cache: Cache::of(None),
            shadow: None,
        }
    }

    /// From now on it remembers in a project's folder.
    pub fn remember_in(&mut self, project: &Path) {
        self.cache = Cache::of(Some(project));
    }

    /// What scripts make of an empty database. `what` is what they are made of, by which they are known.
    pub fn build(
        &mut self,
        major: u32,
        default_schema: &str,
        what: &str,
        scripts: impl FnOnce() -> Result<Scripts, Failure>,
    ) -> Result<Catalog, Failure> {
        let server = self.global.shadow_url().unwrap_or_default();
        let key = format!("{server}\n{major}\n{default_schema}\n{what}");
        if let Some(catalog) = self.cache.get(&key) {
            return Ok(catalog);
        }
        let scripts = scripts()?;
        let scripts = scripts
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        let built = self.shadow(major)?.build(scripts, default_schema)?;
        self.cache.put(&key, &built);
        Ok(built)
    }

    fn shadow(&mut self, major: u32) -> Result<&Shadow, Failure> {
        if self.shadow.is_none() {
            self.shadow = Some(Shadow::start(self.global.shadow_url(), major)?);
        }
        self.shadow
            .as_ref()
            .ok_or_else(|| Failure::new("there is no shadow database"))
    }
}

/// What a spec's script is made of: its objects, and the templates that are not our own.
pub fn content(spec: &Catalog, templates: &Templates) -> Result<String, Failure> {
    let own: Vec<_> = templates
        .names()
        .filter(|name| templates.is_own(name))
        .map(|name| (name, templates.source(name)))
        .collect();
    let objects: Vec<_> = spec.objects.iter().collect();
    serde_json::to_string(&("spec", objects, own))
        .map_err(|error| Failure::new(format!("the spec can't be written as JSON: {error}")))
}
