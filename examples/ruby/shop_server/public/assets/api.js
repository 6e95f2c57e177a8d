// SPDX-License-Identifier: MIT
// The requests of the offer page: to the app, with the buyer's token, and to the platform.

const SECONDS = 20;

export class ApiError extends Error {
  constructor(status, body) {
    super(`status ${status}`);
    this.status = status; // 0: no answer came
    this.body = body;
  }
}

async function post(address, body, headers, keepalive = false) {
  let response;
  let answer;
  try {
    response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      keepalive,
      signal: keepalive ? undefined : AbortSignal.timeout(SECONDS * 1000),
    });
    answer = await response.json();
  } catch {
    throw new ApiError(response && !response.ok ? response.status : 0, null);
  }
  if (!response.ok) throw new ApiError(response.status, answer);
  return answer;
}

// Asks again where no answer came or the server was in trouble. Only for what may be asked twice.
async function again(times, ask) {
  for (let left = times; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      if (left === 0 || (error.status !== 0 && error.status < 500)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}

export class Api {
  constructor(token, addresses) {
    this.headers = { Authorization: `Bearer ${token}` };
    this.addresses = addresses;
  }

  event(name) {
    return again(1, () => post(this.addresses.events, { event: name }, this.headers));
  }

  leave() {
    post(this.addresses.events, { event: "left" }, this.headers, true).catch(() => null);
  }

  // The same acceptance gets the same token again, so an answer that was lost loses no sale.
  sign(acceptance) {
    const { quantity, total, terms, plan } = acceptance;
    const body = { session: this.addresses.session, quantity, total, terms };
    if (plan) body.sellingPlanId = plan;
    return again(2, () => post(this.addresses.sign, body, this.headers));
  }

  tell(what) {
    return again(3, () => post(this.addresses.result, { session: this.addresses.session, ...what }, this.headers));
  }

  calculate(token) {
    return again(1, () => post(`${this.addresses.shop}/changesets/calculate`, { token }, {}));
  }

  // A token is applied once, however often it is sent.
  apply(token, consent) {
    const body = consent ? { token, buyerConsentToSubscriptions: true } : { token };
    return again(1, () => post(`${this.addresses.shop}/changesets/apply`, body, {}));
  }
}
