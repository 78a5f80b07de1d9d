//! Types of a fixed layout: interval, timetz, money, `pg_lsn`; and bit strings, hstore.

use std::collections::BTreeMap;

use bytes::{BufMut, BytesMut};
use fallible_iterator::FallibleIterator;
use postgres_protocol::types as protocol;
use postgres_types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use super::{codec, take};
use crate::BoxError;
use crate::values::{Bits, Hstore, Interval, Money, PgLsn, TimeTz};

codec!(
    Interval,
    [INTERVAL],
    |raw| Ok(Interval {
        microseconds: i64::from_be_bytes(take(raw)?),
        days: i32::from_be_bytes(take(raw)?),
        months: i32::from_be_bytes(take(raw)?),
    }),
    |value, out| {
        out.put_i64(value.microseconds);
        out.put_i32(value.days);
        out.put_i32(value.months);
        Ok(())
    }
);

// PostgreSQL counts the zone in seconds west.
codec!(
    TimeTz,
    [TIMETZ],
    |raw| Ok(TimeTz {
        microseconds: i64::from_be_bytes(take(raw)?),
        offset: i32::from_be_bytes(take(raw)?).wrapping_neg(),
    }),
    |value, out| {
        out.put_i64(value.microseconds);
        out.put_i32(value.offset.wrapping_neg());
        Ok(())
    }
);

codec!(
    Money,
    [MONEY],
    |raw| Ok(Money(i64::from_be_bytes(take(raw)?))),
    |value, out| {
        out.put_i64(value.0);
        Ok(())
    }
);

codec!(
    PgLsn,
    [PG_LSN],
    |raw| Ok(PgLsn(u64::from_be_bytes(take(raw)?))),
    |value, out| {
        out.put_u64(value.0);
        Ok(())
    }
);

codec!(
    Bits,
    [BIT, VARBIT],
    |raw| {
        let bits = protocol::varbit_from_sql(std::mem::take(raw))?;
        let bit = |n: usize| {
            bits.bytes()
                .get(n / 8)
                .is_some_and(|byte| byte & (0x80 >> (n % 8)) != 0)
        };
        Ok(Bits((0..bits.len()).map(bit).collect()))
    },
    |value, out| {
        let byte = |bits: &[bool]| {
            (0..8).fold(0, |byte, n| {
                byte << 1 | u8::from(bits.get(n) == Some(&true))
            })
        };
        protocol::varbit_to_sql(value.0.len(), value.0.chunks(8).map(byte), out)
    }
);

impl<'a> FromSql<'a> for Hstore {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, BoxError> {
        let pair =
            |(key, value): (&str, Option<&str>)| Ok((key.to_owned(), value.map(str::to_owned)));
        let pairs: BTreeMap<_, _> = protocol::hstore_from_sql(raw)?.map(pair).collect()?;
        Ok(Self(pairs))
    }

    fn accepts(ty: &Type) -> bool {
        ty.name() == "hstore"
    }
}

impl ToSql for Hstore {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        protocol::hstore_to_sql(
            self.0
                .iter()
                .map(|(key, value)| (key.as_str(), value.as_deref())),
            out,
        )?;
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        ty.name() == "hstore"
    }

    to_sql_checked!();
}
