//! Composite types: a count, then each field's type, length and value (`record_send`).

use bytes::{BufMut, BytesMut};
use postgres_types::{Field, FromSql, IsNull, Kind, ToSql, Type};

use super::{base, take};
use crate::BoxError;

/// Reads a composite value's fields in order.
pub struct Reader<'a> {
    fields: std::slice::Iter<'a, Field>,
    raw: &'a [u8],
}

impl<'a> Reader<'a> {
    /// At the first field.
    pub fn new(ty: &'a Type, mut raw: &'a [u8]) -> Result<Self, BoxError> {
        let fields = fields(ty)?;
        let count = i32::from_be_bytes(take(&mut raw)?);
        if usize::try_from(count) != Ok(fields.len()) {
            return Err(format!("{} has {} fields, not {count}", ty.name(), fields.len()).into());
        }
        Ok(Self {
            fields: fields.iter(),
            raw,
        })
    }

    /// The next field, which `name` names in errors.
    pub fn next<T: FromSql<'a>>(&mut self, name: &str) -> Result<T, BoxError> {
        let field = self.fields.next().ok_or("too few fields")?;
        let _oid: [u8; 4] = take(&mut self.raw)?;
        let length = i32::from_be_bytes(take(&mut self.raw)?);
        let value = match usize::try_from(length) {
            Err(_) => None,
            Ok(length) => {
                let (value, rest) = self.raw.split_at_checked(length).ok_or("too short")?;
                self.raw = rest;
                Some(value)
            }
        };
        if !T::accepts(field.type_()) {
            return Err(format!("{name}: the type is {}", field.type_()).into());
        }
        T::from_sql_nullable(field.type_(), value)
            .map_err(|error| format!("{name}: {error}").into())
    }
}

/// Writes a composite value.
pub fn write(ty: &Type, values: &[&dyn ToSql], out: &mut BytesMut) -> Result<IsNull, BoxError> {
    let fields = fields(ty)?;
    if fields.len() != values.len() {
        return Err(format!(
            "{} has {} fields, not {}",
            ty.name(),
            fields.len(),
            values.len()
        )
        .into());
    }
    out.put_i32(i32::try_from(fields.len())?);
    for (field, value) in fields.iter().zip(values) {
        out.put_u32(field.type_().oid());
        let mut bytes = BytesMut::new();
        match value.to_sql_checked(field.type_(), &mut bytes)? {
            IsNull::Yes => out.put_i32(-1),
            IsNull::No => {
                out.put_i32(i32::try_from(bytes.len())?);
                out.put_slice(&bytes);
            }
        }
    }
    Ok(IsNull::No)
}

/// Whether the type is a composite, or a domain over one.
pub fn is_composite(ty: &Type) -> bool {
    matches!(base(ty).kind(), Kind::Composite(_))
}

fn fields(ty: &Type) -> Result<&[Field], BoxError> {
    match base(ty).kind() {
        Kind::Composite(fields) => Ok(fields),
        _ => Err(format!("{} is no composite type", ty.name()).into()),
    }
}
