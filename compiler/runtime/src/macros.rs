//! What the generated types would otherwise repeat. Each expands to less where the codecs are switched off.

/// Conversions and codec of a type with one field: an id, a domain.
#[macro_export]
macro_rules! newtype {
    ($name:ident: $inner:ty) => {
        impl From<$inner> for $name {
            fn from(value: $inner) -> Self {
                Self(value)
            }
        }
        impl From<$name> for $inner {
            fn from(value: $name) -> Self {
                value.0
            }
        }
        impl $crate::factory::Make for $name {
            fn make(sample: &$crate::factory::Sample, column: &str) -> Self {
                Self(sample.make(column))
            }
        }
        $crate::newtype_codec!($name: $inner);
    };
}

/// Labels, [`Display`](std::fmt::Display), [`FromStr`](std::str::FromStr) and codec of an enum.
#[macro_export]
macro_rules! enumeration {
    ($name:ident: $($variant:ident = $label:literal),* $(,)?) => {
        impl $name {
            /// All values, in PostgreSQL's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The label in PostgreSQL.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.label())
            }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::BoxError;

            fn from_str(label: &str) -> Result<Self, Self::Err> {
                match label {
                    $($label => Ok(Self::$variant),)*
                    _ => Err(format!("{} has no label {label:?}", stringify!($name)).into()),
                }
            }
        }
        impl $crate::factory::Make for $name {
            fn make(_: &$crate::factory::Sample, _: &str) -> Self {
                *Self::ALL.first().expect("an enum without labels has no values")
            }
        }
        $crate::enumeration_codec!($name);
    };
}

/// Codec of a composite type: its fields in order, each an `Option`, since PostgreSQL allows null in each.
#[macro_export]
macro_rules! composite {
    ($name:ident: $($field:ident),* $(,)?) => {
        impl $crate::factory::Make for $name {
            fn make(_: &$crate::factory::Sample, _: &str) -> Self {
                Self { $($field: None),* }
            }
        }
        $crate::composite_codec!($name: $($field),*);
    };
}

#[doc(hidden)]
#[cfg(not(feature = "codec"))]
#[macro_export]
macro_rules! newtype_codec {
    ($name:ident: $inner:ty) => {};
}

#[doc(hidden)]
#[cfg(not(feature = "codec"))]
#[macro_export]
macro_rules! enumeration_codec {
    ($name:ident) => {};
}

#[doc(hidden)]
#[cfg(not(feature = "codec"))]
#[macro_export]
macro_rules! composite_codec {
    ($name:ident: $($field:ident),*) => {};
}

#[doc(hidden)]
#[cfg(feature = "codec")]
#[macro_export]
macro_rules! newtype_codec {
    ($name:ident: $inner:ty) => {
        impl<'a> $crate::export::FromSql<'a> for $name {
            fn from_sql(
                ty: &$crate::export::Type,
                raw: &'a [u8],
            ) -> Result<Self, $crate::BoxError> {
                let base = $crate::codec::base(ty);
                <$inner as $crate::export::FromSql>::from_sql(base, raw).map(Self)
            }

            fn accepts(ty: &$crate::export::Type) -> bool {
                <$inner as $crate::export::FromSql>::accepts($crate::codec::base(ty))
            }
        }
        impl $crate::export::ToSql for $name {
            fn to_sql(
                &self,
                ty: &$crate::export::Type,
                out: &mut $crate::export::BytesMut,
            ) -> Result<$crate::export::IsNull, $crate::BoxError> {
                $crate::export::ToSql::to_sql(&self.0, $crate::codec::base(ty), out)
            }

            fn accepts(ty: &$crate::export::Type) -> bool {
                <$inner as $crate::export::ToSql>::accepts($crate::codec::base(ty))
            }

            $crate::export::to_sql_checked!();
        }
    };
}

#[doc(hidden)]
#[cfg(feature = "codec")]
#[macro_export]
macro_rules! enumeration_codec {
    ($name:ident) => {
        impl<'a> $crate::export::FromSql<'a> for $name {
            fn from_sql(_: &$crate::export::Type, raw: &'a [u8]) -> Result<Self, $crate::BoxError> {
                std::str::from_utf8(raw)?.parse()
            }

            fn accepts(ty: &$crate::export::Type) -> bool {
                $crate::codec::is_enum(ty)
            }
        }
        impl $crate::export::ToSql for $name {
            fn to_sql(
                &self,
                _: &$crate::export::Type,
                out: &mut $crate::export::BytesMut,
            ) -> Result<$crate::export::IsNull, $crate::BoxError> {
                out.extend_from_slice(self.label().as_bytes());
                Ok($crate::export::IsNull::No)
            }

            fn accepts(ty: &$crate::export::Type) -> bool {
                $crate::codec::is_enum(ty)
            }

            $crate::export::to_sql_checked!();
        }
    };
}

#[doc(hidden)]
#[cfg(feature = "codec")]
#[macro_export]
macro_rules! composite_codec {
    ($name:ident: $($field:ident),*) => {
        impl<'a> $crate::export::FromSql<'a> for $name {
            fn from_sql(ty: &$crate::export::Type, raw: &'a [u8]) -> Result<Self, $crate::BoxError> {
                let mut fields = $crate::codec::composite::Reader::new(ty, raw)?;
                Ok(Self { $($field: fields.next(stringify!($field))?),* })
            }

            fn accepts(ty: &$crate::export::Type) -> bool {
                $crate::codec::composite::is_composite(ty)
            }
        }
        impl $crate::export::ToSql for $name {
            fn to_sql(
                &self,
                ty: &$crate::export::Type,
                out: &mut $crate::export::BytesMut,
            ) -> Result<$crate::export::IsNull, $crate::BoxError> {
                let fields: &[&dyn $crate::export::ToSql] = &[$(&self.$field),*];
                $crate::codec::composite::write(ty, fields, out)
            }

            fn accepts(ty: &$crate::export::Type) -> bool {
                $crate::codec::composite::is_composite(ty)
            }

            $crate::export::to_sql_checked!();
        }
    };
}
