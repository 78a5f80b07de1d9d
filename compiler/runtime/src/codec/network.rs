use std::net::IpAddr;

use bytes::{BufMut, BytesMut};
use postgres_protocol::types as protocol;
use postgres_types::{FromSql, IsNull, ToSql, Type, accepts, to_sql_checked};

use super::{codec, take};
use crate::BoxError;
use crate::values::{Inet, MacAddr, MacAddr8};

codec!(
    MacAddr,
    [MACADDR],
    |raw| Ok(MacAddr(take(raw)?)),
    |value, out| {
        out.put_slice(&value.0);
        Ok(())
    }
);

codec!(
    MacAddr8,
    [MACADDR8],
    |raw| Ok(MacAddr8(take(raw)?)),
    |value, out| {
        out.put_slice(&value.0);
        Ok(())
    }
);

impl<'a> FromSql<'a> for Inet {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, BoxError> {
        let inet = protocol::inet_from_sql(raw)?;
        Ok(Self {
            address: inet.addr(),
            prefix: inet.netmask(),
        })
    }

    accepts!(INET, CIDR);
}

impl ToSql for Inet {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, BoxError> {
        let widest = if self.address.is_ipv4() { 32 } else { 128 };
        if self.prefix > widest {
            return Err(format!(
                "a prefix of {} bits is longer than the address",
                self.prefix
            )
            .into());
        }
        // The family numbers are PostgreSQL's own (`utils/inet.h`), the same on every system.
        out.put_u8(if self.address.is_ipv4() { 2 } else { 3 });
        out.put_u8(self.prefix);
        out.put_u8(u8::from(*ty == Type::CIDR));
        match self.address {
            IpAddr::V4(address) => {
                out.put_u8(4);
                out.put_slice(&address.octets());
            }
            IpAddr::V6(address) => {
                out.put_u8(16);
                out.put_slice(&address.octets());
            }
        }
        Ok(IsNull::No)
    }

    accepts!(INET, CIDR);
    to_sql_checked!();
}
