//! Network addresses: manual, 8.9.

use std::net::IpAddr;

pub(super) fn fits_address(type_name: &str, text: &str) -> Result<(), String> {
    match parse(text) {
        None => Err(format!(
            "\"{text}\" is not an address such as `192.168.0.1` or `10.0.0.0/8`"
        )),
        Some((address, bits)) if type_name == "cidr" && has_host(address, bits) => Err(format!(
            "\"{text}\" has bits set to the right of the mask, which `cidr` does not take; `inet` does"
        )),
        Some(_) => Ok(()),
    }
}

fn parse(text: &str) -> Option<(IpAddr, u32)> {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits)),
        None => (text, None),
    };
    let address: IpAddr = address.parse().ok()?;
    let width = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.map_or(Some(width), |bits| bits.parse().ok())?;
    (bits <= width).then_some((address, bits))
}

fn has_host(address: IpAddr, bits: u32) -> bool {
    match address {
        IpAddr::V4(address) => address.to_bits().checked_shl(bits).unwrap_or(0) != 0,
        IpAddr::V6(address) => address.to_bits().checked_shl(bits).unwrap_or(0) != 0,
    }
}

/// `08:00:2b:01:02:03`, with `-` or nothing between the bytes too.
pub(super) fn fits_mac(type_name: &str, text: &str) -> Result<(), String> {
    let bytes: &[usize] = if type_name == "macaddr" {
        &[6]
    } else {
        &[6, 8]
    };
    let good = bytes.iter().any(|count| {
        let digits: String = text
            .chars()
            .filter(|c| !matches!(c, ':' | '-' | '.'))
            .collect();
        let separators = text.len() - digits.len();
        let all_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
        let grouped = text.split([':', '-']).all(|group| group.len() == 2);
        digits.len() == count * 2
            && all_hex
            && (separators == 0 || (separators == count - 1 && grouped))
    });
    if good {
        Ok(())
    } else {
        Err(format!(
            "\"{text}\" is not a `{type_name}` such as `08:00:2b:01:02:03`"
        ))
    }
}
