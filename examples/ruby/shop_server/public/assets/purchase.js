// SPDX-License-Identifier: MIT
// The way of an accepted offer through the page: signed, calculated, compared, applied, told.

// "800.0" and "800" are the same amount.
function plain(amount) {
  return /^[0-9]+\.[0-9]+$/.test(amount) ? amount.replace(/\.?0+$/, "") : amount;
}

// Whether the platform would charge exactly what was agreed, line by line.
export function asExpected(answer, expect) {
  if (answer?.status !== "processed") return false;
  const found = answer.calculatedPurchase.updatedLineItems.map((line) => plain(line.totalPriceSet.shopMoney.amount));
  const wanted = expect.lines.map(plain);
  return found.length === wanted.length && found.sort().join(" ") === wanted.sort().join(" ");
}

// With these, nothing was added and nothing charged; what else is refused, the server looks into.
const REFUSED = new Set([
  "payment_required",
  "insufficient_inventory",
  "unsupported_payment_method",
  "invalid_request",
  "buyer_consent_required",
  "subscription_vaulting_error",
  "subscription_no_shipping_address_error",
  "subscription_limit_error",
  "order_released_error",
]);

// Codes of a refusal that a page cannot do anything about.
function refusal(error) {
  const { status, body } = error;
  if (status === 401 || status === 403) return "no_token";
  if (status === 0 || status === 429 || status >= 500) return "again";
  if (body?.next === "progress") return "progress";
  if (["expired", "declined", "ordered"].includes(body?.state)) return body.state;
  return body?.error ?? "refused";
}

// Takes an accepted offer to its end.
// Answers "done" (go on), "again" (nothing has happened, the buyer may try again), "progress" (another
// window is about to buy it), or why it ended.
export async function buy(api, acceptance) {
  let signed;
  try {
    signed = await api.sign(acceptance);
  } catch (error) {
    return refusal(error);
  }

  const calculated = await api.calculate(signed.token).catch(() => null);
  if (!asExpected(calculated, signed.expect)) {
    await api.tell({ notSent: "price_differs" }).catch(() => null);
    return "price_differs";
  }

  // The token itself ends at `expiresAt`: the platform refuses it then, whatever this clock says.
  const result = await api.apply(signed.token, signed.buyerConsent).catch(() => null);
  if (!result) {
    // Perhaps it was applied: the server finds out by reading the order.
    await api.tell({ notSent: "unknown" }).catch(() => null);
    return "unknown";
  }

  await api.tell({ result }).catch(() => null);
  const codes = (result.errors ?? []).map((error) => error.code);
  if (result.status === "processed" || codes.includes("changeset_already_applied")) return "done";
  const refused = result.status === "unprocessed" && codes.length > 0 && codes.every((code) => REFUSED.has(code));
  return refused ? "not_charged" : "unknown";
}
