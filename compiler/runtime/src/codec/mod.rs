//! The binary formats of the values that the driver has no codec for. Source of each: the type's `…_send` and
//! `…_recv` functions in PostgreSQL's `src/backend/utils/adt/`.

pub mod composite;
mod fixed;
mod geometry;
mod network;
mod numeric;
mod range;

use postgres_types::{Kind, Type};

/// The type under a domain; a type that is no domain is its own.
pub fn base(mut ty: &Type) -> &Type {
    while let Kind::Domain(inner) = ty.kind() {
        ty = inner;
    }
    ty
}

/// Whether the type is an enum, or a domain over one.
pub fn is_enum(ty: &Type) -> bool {
    matches!(base(ty).kind(), Kind::Enum(_))
}

/// The next `N` bytes of a value.
pub(crate) fn take<const N: usize>(raw: &mut &[u8]) -> Result<[u8; N], crate::BoxError> {
    let (bytes, rest) = raw
        .split_first_chunk::<N>()
        .ok_or("the value is too short")?;
    *raw = rest;
    Ok(*bytes)
}

/// Refuses bytes after the end of a value.
pub(crate) fn end(raw: &[u8]) -> Result<(), crate::BoxError> {
    if raw.is_empty() {
        Ok(())
    } else {
        Err("the value is too long".into())
    }
}

/// `FromSql` and `ToSql` of a type from two functions: bytes → value, value → bytes.
macro_rules! codec {
    ($type:ty, [$($accepted:ident),+], $read:expr, $write:expr) => {
        impl<'a> postgres_types::FromSql<'a> for $type {
            fn from_sql(_: &postgres_types::Type, raw: &'a [u8]) -> Result<Self, crate::BoxError> {
                let read: fn(&mut &[u8]) -> Result<$type, crate::BoxError> = $read;
                let mut rest = raw;
                let value = read(&mut rest)?;
                crate::codec::end(rest)?;
                Ok(value)
            }

            postgres_types::accepts!($($accepted),+);
        }

        impl postgres_types::ToSql for $type {
            fn to_sql(
                &self,
                _: &postgres_types::Type,
                out: &mut bytes::BytesMut,
            ) -> Result<postgres_types::IsNull, crate::BoxError> {
                let write: fn(&$type, &mut bytes::BytesMut) -> Result<(), crate::BoxError> = $write;
                write(self, out)?;
                Ok(postgres_types::IsNull::No)
            }

            postgres_types::accepts!($($accepted),+);
            postgres_types::to_sql_checked!();
        }
    };
}
pub(crate) use codec;
