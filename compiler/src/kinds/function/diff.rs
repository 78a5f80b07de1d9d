use indexmap::IndexMap;

use super::{Argument, ArgumentMode, Function, RoutineBody};
use crate::catalog::Id;
use crate::kinds::Sql;
use crate::plan::{Alteration, Change, Diff, Hazard, Name, Site, Stage, Use};

impl Diff for Function {
    fn create(&self, at: &Site) -> Vec<Change> {
        vec![definition(Change::new(at.id, "create"), self)]
    }

    fn drop(&self, at: &Site) -> Vec<Change> {
        vec![Change::new(at.id, "drop").hazards(&[Hazard::BreaksRunningCode])]
    }

    fn alter(&self, new: &Self, at: &Site) -> Alteration {
        if self == new {
            return Alteration::Changes(Vec::new());
        }
        if !self.can_become(new) {
            return Alteration::Replace;
        }
        Alteration::Changes(vec![
            definition(Change::new(at.id, "replace"), new).stage(Stage::Turns),
        ])
    }

    fn uses(&self, _id: &Id) -> Vec<Use<'_>> {
        let mut uses: Vec<Use> = self
            .arguments
            .iter()
            .map(|argument| Use::Type(&argument.data_type))
            .collect();
        let defaults = self
            .arguments
            .iter()
            .filter_map(|argument| argument.default.as_ref());
        uses.extend(defaults.map(|sql| Use::Text(&sql.0, None)));
        uses.extend(self.returns.as_deref().map(returned_type).map(Use::Type));
        uses.push(Use::Language(&self.language));
        uses.extend(self.support.iter().cloned().map(Use::Routine));
        match &self.body {
            RoutineBody::Source(text) => uses.push(Use::Body(text)),
            RoutineBody::Atomic(sql) => uses.push(Use::Text(&sql.0, None)),
            RoutineBody::Library { .. } => {}
        }
        uses
    }

    fn address(&self, id: &Id) -> crate::plan::Context {
        let mut own = crate::plan::Context::new();
        own.insert(
            "name".to_owned(),
            crate::plan::value(crate::catalog::QName::new(&id.schema, &self.name)),
        );
        own.insert("procedure".to_owned(), self.procedure.into());
        own.insert(
            "signature".to_owned(),
            crate::plan::value(signature(&self.arguments)),
        );
        own
    }

    fn names(&self, id: &Id) -> Vec<Name> {
        vec![Name::Routine(id.qname())]
    }
}

impl Function {
    /// Whether `CREATE OR REPLACE` can make it the new one. Source: `ProcedureCreate` in `src/backend/catalog/pg_proc.c`.
    fn can_become(&self, new: &Self) -> bool {
        let shape = |function: &Self| {
            let outputs = function.arguments.iter().filter(|argument| {
                !matches!(argument.mode, ArgumentMode::In | ArgumentMode::Variadic)
            });
            outputs
                .map(|argument| {
                    (
                        argument.name.clone(),
                        argument.mode,
                        argument.data_type.clone(),
                    )
                })
                .collect::<Vec<_>>()
        };
        let inputs = |function: &Self| {
            let inputs = function
                .arguments
                .iter()
                .filter(|argument| is_input(argument));
            inputs.cloned().collect::<Vec<_>>()
        };
        let (old_inputs, new_inputs) = (inputs(self), inputs(new));
        let compatible = old_inputs.len() == new_inputs.len()
            && old_inputs.iter().zip(&new_inputs).all(|(old, new)| {
                (old.name.is_empty() || old.name == new.name)
                    && (old.default.is_none() || new.default.is_some())
                    && old.mode == new.mode
            });
        self.procedure == new.procedure
            && self.window == new.window
            && self.returns == new.returns
            && shape(self) == shape(new)
            && compatible
    }
}

fn definition(change: Change, new: &Function) -> Change {
    let (columns, inputs): (Vec<&Argument>, Vec<_>) = new
        .arguments
        .iter()
        .partition(|argument| argument.mode == ArgumentMode::Table);
    let set: IndexMap<&String, Sql> = new
        .set
        .iter()
        .map(|(name, value)| (name, Sql(value.clone())))
        .collect();
    change
        .with("new", new)
        .with("inputs", inputs)
        .with("columns", columns)
        .with("set", set)
}

pub(super) fn is_input(argument: &Argument) -> bool {
    matches!(
        argument.mode,
        ArgumentMode::In | ArgumentMode::Inout | ArgumentMode::Variadic
    )
}

/// The input types, which tell it from other routines of the same name.
pub(super) fn signature(arguments: &[Argument]) -> Vec<&str> {
    arguments
        .iter()
        .filter(|argument| is_input(argument))
        .map(|argument| argument.data_type.as_str())
        .collect()
}

/// `SETOF integer` is of `integer`; the columns of `TABLE(…)` are arguments.
fn returned_type(returns: &str) -> &str {
    match returns.split_once(' ') {
        Some((word, rest)) if word.eq_ignore_ascii_case("setof") => rest,
        _ if returns.len() > 5
            && returns.is_char_boundary(5)
            && returns[..5].eq_ignore_ascii_case("table") =>
        {
            "record"
        }
        _ => returns,
    }
}
