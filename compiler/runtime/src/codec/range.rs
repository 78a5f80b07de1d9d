use std::ops::Bound;

use bytes::{BufMut, BytesMut};
use postgres_protocol::types::{self as protocol, RangeBound};
use postgres_types::{FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

use super::{base, take};
use crate::BoxError;
use crate::values::{Multirange, Range};

impl<'a, T: FromSql<'a>> FromSql<'a> for Range<T> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, BoxError> {
        let element = element(ty);
        Ok(match protocol::range_from_sql(raw)? {
            protocol::Range::Empty => Self::Empty,
            protocol::Range::Nonempty(lower, upper) => {
                Self::Between(read_bound(element, &lower)?, read_bound(element, &upper)?)
            }
        })
    }

    fn accepts(ty: &Type) -> bool {
        matches!(base(ty).kind(), Kind::Range(element) if T::accepts(element))
    }
}

impl<T: ToSql> ToSql for Range<T> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        let element = element(ty);
        match self {
            Self::Empty => protocol::empty_range_to_sql(out),
            Self::Between(lower, upper) => protocol::range_to_sql(
                |out| write_bound(element, lower, out),
                |out| write_bound(element, upper, out),
                out,
            )?,
        }
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(base(ty).kind(), Kind::Range(element) if T::accepts(element))
    }

    to_sql_checked!();
}

impl<'a, T: FromSql<'a>> FromSql<'a> for Multirange<T> {
    fn from_sql(ty: &Type, mut raw: &'a [u8]) -> Result<Self, BoxError> {
        let count = i32::from_be_bytes(take(&mut raw)?);
        let mut ranges = Vec::new();
        for _ in 0..count {
            let length = usize::try_from(i32::from_be_bytes(take(&mut raw)?))?;
            let (range, rest) = raw
                .split_at_checked(length)
                .ok_or("the multirange is too short")?;
            ranges.push(Range::from_sql(ty, range)?);
            raw = rest;
        }
        super::end(raw)?;
        Ok(Self(ranges))
    }

    fn accepts(ty: &Type) -> bool {
        is_multirange(ty, T::accepts)
    }
}

impl<T: ToSql> ToSql for Multirange<T> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        out.put_i32(i32::try_from(self.0.len())?);
        for range in &self.0 {
            let mut bytes = BytesMut::new();
            range.to_sql(ty, &mut bytes)?;
            out.put_i32(i32::try_from(bytes.len())?);
            out.put_slice(&bytes);
        }
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        is_multirange(ty, T::accepts)
    }

    to_sql_checked!();
}

/// The type of a range's (or multirange's) bounds. The driver does not know it for multiranges of user-defined
/// ranges; the codecs of the bounds that can occur there do not ask.
fn element(ty: &Type) -> &Type {
    match base(ty).kind() {
        Kind::Range(element) => element,
        Kind::Multirange(range) => element(range),
        _ => ty,
    }
}

fn is_multirange(ty: &Type, accepts: fn(&Type) -> bool) -> bool {
    match base(ty).kind() {
        Kind::Multirange(_) => accepts(element(ty)),
        Kind::Simple => Type::from_oid(ty.oid()).is_none(),
        _ => false,
    }
}

fn read_bound<'a, T: FromSql<'a>>(
    element: &Type,
    bound: &RangeBound<Option<&'a [u8]>>,
) -> Result<Bound<T>, BoxError> {
    let read = |raw: Option<&'a [u8]>| T::from_sql(element, raw.ok_or("a bound is null")?);
    Ok(match bound {
        RangeBound::Inclusive(raw) => Bound::Included(read(*raw)?),
        RangeBound::Exclusive(raw) => Bound::Excluded(read(*raw)?),
        RangeBound::Unbounded => Bound::Unbounded,
    })
}

fn write_bound<T: ToSql>(
    element: &Type,
    bound: &Bound<T>,
    out: &mut BytesMut,
) -> Result<RangeBound<postgres_protocol::IsNull>, BoxError> {
    let mut write = |value: &T| -> Result<_, BoxError> {
        value.to_sql(element, out)?;
        Ok(postgres_protocol::IsNull::No)
    };
    Ok(match bound {
        Bound::Included(value) => RangeBound::Inclusive(write(value)?),
        Bound::Excluded(value) => RangeBound::Exclusive(write(value)?),
        Bound::Unbounded => RangeBound::Unbounded,
    })
}
