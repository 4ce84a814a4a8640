import type { Money } from "../cloudState/prices";

/** "12.50 EUR" */
export const moneyText = ({ amount, currency }: Money): string => `${amount.toFixed(2)} ${currency}`;

/** "+12.50 EUR", "-3.00 CNY" */
export const changeText = (money: Money): string => `${money.amount < 0 ? "" : "+"}${moneyText(money)}`;
