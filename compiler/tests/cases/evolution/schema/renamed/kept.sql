select bills, payments from money.bills, payments
