# SPDX-License-Identifier: MIT
"""upsell decide --from: Shopify's payloads in, decisions out (CLI-1, ADA-5, ADA-6)."""

import json
import os
import pathlib

from support import (CATALOG, Case, SOURCE_ROOT, ToolTest, add_cases, changed, document,
                     error_answer, main, offered, offer_answer, pattern)

INPUT_DATA = ["decide", "--catalog", "shopify.json", "--from", "shopify-input-data"]
ORDER = ["decide", "--catalog", "shopify.json", "--from", "shopify-order"]

# The catalogue of the other tests, with Shopify's numbers as ids.
NUMBERS = {"tea": "100", "tea-1": "200", "cup": "101", "cup-1": "201", "m1": "300"}

# Real payloads, where they are at hand.
SHARED = pathlib.Path(os.environ.get("UPSELL_SHARED", SOURCE_ROOT.parent / "shared"))
PAYLOADS = SHARED / "reference/shopify-data/payloads"


def numbered(text):
    for word, number in NUMBERS.items():
        text = text.replace(f'"{word}"'.encode(), f'"{number}"'.encode())
    return text


def yen(amount):
    money = {"amount": amount, "currencyCode": "JPY"}
    return {"shopMoney": money, "presentmentMoney": money}


def purchase(reference, **changes):
    """An initialPurchase that gets the offer of S1."""
    item = {"product": {"id": 100, "title": "Sencha", "variant": {"id": 200}}, "quantity": 1,
            "totalPriceSet": yen("320.0"), "sellingPlanId": 300}
    return changed({"referenceId": reference, "customerId": 1, "destinationCountryCode": "JP",
                    "totalPriceSet": yen("820.0"), "lineItems": [changed(item, **changes)]})


def input_data(reference, **changes):
    return document({"extensionPoint": "Checkout::PostPurchase::ShouldRender", "version":
                     "unstable", "initialPurchase": purchase(reference, **changes)})


def shopify_order(number, **changes):
    """The answer to the library's query, which gets the offer of S1."""
    node = {"id": "gid://shopify/LineItem/7", "quantity": 1, "currentQuantity": 1,
            "product": {"id": "gid://shopify/Product/100"},
            "variant": {"id": "gid://shopify/ProductVariant/200"},
            "discountedTotalSet": {"shopMoney": {"amount": "320.0", "currencyCode": "JPY"}},
            "sellingPlan": {"sellingPlanId": "gid://shopify/SellingPlan/300"}, "contract": None}
    return document({"data": {"order": {
        "id": f"gid://shopify/Order/{number}", "currencyCode": "JPY",
        "presentmentCurrencyCode": "JPY", "shippingAddress": {"countryCodeV2": "JP"},
        "lineItems": {"pageInfo": {"hasNextPage": False}, "nodes": [changed(node, **changes)]}}}})


def answer(order_id, line_id):
    text = offer_answer(order_id).replace(b'"line_ids":["1"]',
                                          f'"line_ids":["{line_id}"]'.encode())
    return numbered(text)


def input_answer(reference):
    return answer(reference, "input-1")


def order_answer(number):
    return answer(f"gid://shopify/Order/{number}", "gid://shopify/LineItem/7")


class From(ToolTest):
    def setUp(self):
        super().setUp()
        self.write("shopify.json", numbered(document(CATALOG)))

    def test_every_line_is_answered_in_its_place(self):
        good = [input_data("a"), document(purchase("b")), b" " + input_data("c") + b"\r"]
        bad = input_data("x", quantity=0)
        result = self.run_tool(INPUT_DATA, b"\n".join([good[0], b"", bad, good[1], b"?", good[2]]))
        lines = result.stdout.splitlines(keepends=True)
        self.assertEqual((1, b""), (result.returncode, result.stderr))
        self.assertEqual([input_answer("a"), input_answer("b"), input_answer("c")],
                         [lines[0], lines[2], lines[4]])
        errors = [json.loads(lines[at])["error"] for at in (1, 3)]
        self.assertEqual([("out_of_range", "/initialPurchase/lineItems/0/quantity", 3),
                          ("json_syntax", "", 5)],
                         [(error["code"], error["path"], error["line"]) for error in errors])

    def test_an_order_is_no_payload(self):
        for args, path in ((INPUT_DATA, "/initialPurchase"), (ORDER, "/order")):
            with self.subTest(args=args):
                result = self.run_tool(args, offered("1"))
                self.assertEqual((1, path), (result.returncode,
                                             json.loads(result.stdout)["error"]["path"]))

    def test_payloads_at_hand(self):
        """Those that were made of Shopify's own types, if they are here."""
        path = PAYLOADS / "post_purchase_input_data_constructed.json"
        if not path.is_file():
            self.skipTest("there are no payloads")
        payloads = [payload for payload in json.loads(path.read_bytes()).values()
                    if isinstance(payload, dict) and "initialPurchase" in payload]
        self.assertGreater(len(payloads), 2)
        result = self.run_tool(INPUT_DATA, b"\n".join(map(document, payloads)))
        self.assertEqual((0, b""), (result.returncode, result.stderr))
        for payload, line in zip(payloads, result.stdout.splitlines(), strict=True):
            purchased = payload["initialPurchase"]
            decision = json.loads(line)
            self.assertEqual(purchased["referenceId"], decision["order_id"])
            subscribed = any(item.get("sellingPlanId") for item in purchased["lineItems"])
            self.assertEqual("offer" if subscribed else "no_offer", decision["outcome"])


add_cases(From, [
    Case("InputData", INPUT_DATA, stdin=input_data("r-1"), stdout=input_answer("r-1")),
    Case("a purchase alone", INPUT_DATA, stdin=document(purchase("r-1")),
         stdout=input_answer("r-1")),
    Case("an order of the API", ORDER, stdin=shopify_order(5), stdout=order_answer(5)),
    Case("order documents by name", ["decide", "--catalog", "shop.json", "--from", "order"],
         stdin=offered("1"), stdout=offer_answer("1")),
    Case("the later of two holds", [*ORDER, "--from", "shopify-input-data"],
         stdin=input_data("r-1"), stdout=input_answer("r-1")),
    Case("payloads from a file", [*INPUT_DATA, "payloads.ndjson"],
         files={"payloads.ndjson": input_data("r-1") + b"\n" + input_data("r-2") + b"\n"},
         stdout=input_answer("r-1") + input_answer("r-2")),
    Case("no offer is well", INPUT_DATA, stdin=input_data("r-1", sellingPlanId=None),
         stdout=pattern(r'\{"format":"upsell\.decision/1","order_id":"r-1","outcome":"no_offer",'
                        r'"reason":"no_candidate",[^\n]*\n')),
    Case("another currency", INPUT_DATA, status=1,
         stdin=input_data("r-1").replace(b'"presentmentMoney":{"amount":"820.0",'
                                         b'"currencyCode":"JPY"',
                                         b'"presentmentMoney":{"amount":"5.5",'
                                         b'"currencyCode":"USD"'),
         stdout=error_answer(
             "currency_mismatch",
             "/initialPurchase/totalPriceSet/presentmentMoney/currencyCode",
             'The order is in JPY and this is in "USD"; an offer can only be made where the buyer '
             "pays in the shop's currency.", 1)),
    Case("an id that is not Shopify's", ORDER, status=1,
         stdin=shopify_order(5, product={"id": "tea"}),
         stdout=error_answer(
             "id_not_shopify", "/data/order/lineItems/nodes/0/product/id",
             'A number from 1 to 2^53 or a GID "gid://shopify/Product/..." was expected, found '
             '"tea".', 1)),
    Case("a missing key", ORDER, status=1, stdin=shopify_order(5, currentQuantity=...),
         stdout=error_answer("missing_key", "/data/order/lineItems/nodes/0/currentQuantity",
                             'The key "currentQuantity" is required here; add it.', 1)),
    Case("an answer without an order", ORDER, status=1, stdin=b'{"data":{"order":null}}',
         stdout=error_answer("wrong_type", "/data/order",
                             "An order was expected, found null: there is none with this id, or "
                             "the app may not read it.", 1)),
    Case("an answer with errors", ORDER, status=1, stdin=b'{"errors":[{"message":"Throttled"}]}',
         stdout=error_answer("bad_value", "/errors",
                             'An answer without errors was expected, found "Throttled".', 1)),
    Case("text for people", [*INPUT_DATA, "--format", "text", "--no-explain"], status=1,
         stdin=input_data("r-1") + b"\n" + input_data("r-2", quantity=1.5),
         stdout=b"""order r-1
  offer S1 "One more tea" (subscription to subscription)
    Sencha 100 g x 1
    charged now 321 JPY (checkout rounds to 320 JPY), from cycle 2 320 JPY
      plan 300
line 2: /initialPurchase/lineItems/0/quantity: wrong_type: An integer was expected, found the number 1.5.
"""),
])

if __name__ == "__main__":
    main()
