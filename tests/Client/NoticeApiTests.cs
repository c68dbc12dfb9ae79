using Fulfillment.Connectors;
using Fulfillment.Tests.Support;
using MimeKit;

namespace Fulfillment.Tests.Client;

/// <summary>Buyers are told of what is wrong with their parcels, through a real mail server.</summary>
public sealed class NoticeApiTests : IAsyncLifetime
{
    const string Buyer = "maria@buyers.example", From = "shop@shop.example";

    readonly SmtpServer? _mail = SmtpServer.Missing is null ? new() : null;
    ApiServer? _api;

    ApiServer Api => _api!;

    public async Task InitializeAsync()
    {
        if (_mail is null) return;
        MailSender shop = new(From, "The Shop", true, NoticeTexts.English);
        _api = await ApiServer.Start(mail: new(
            new("127.0.0.1", _mail.Port, MailTls.None), new Dictionary<string, MailSender>
            {
                ["default"] = shop,
                ["quiet"] = shop with { Tells = false },
            }));
    }

    public async Task DisposeAsync()
    {
        if (_api is not null) await _api.DisposeAsync();
        _mail?.Dispose();
    }

    /// <summary>The parcel <c>{sku}-P</c> of a buyer with that mail address, at whose door nobody was.</summary>
    async Task Fail(string sku, string? mail, params (string, string)[] headers)
    {
        (await Api.Put("/v1/nodes/LEJ1", """
            {"name":"Leipzig","priority":1,"country":"DE","postcode":"04158",
             "address":{"company":"Example GmbH","line1":"Messe-Allee 1","city":"Leipzig"}}
            """)).Succeeded();
        (await Api.Put($"/v1/skus/{sku}", """{"title":"A thing"}""", headers)).Succeeded();
        (await Api.Post($"/v1/skus/{sku}/receipts", """{"id":"r","node":"LEJ1","quantity":2}""", headers)).Is(201);
        var customer = mail is null ? "" : $$""" "customer":{"id":"c-1","email":"{{mail}}"},""";
        (await Api.Post("/v1/orders", $$"""
            {"id":"{{sku}}-O","channel":"web","payment":"none",{{customer}}
             "shipTo":{"name":"Maria Muster","line1":"A-Weg 1","city":"München","postcode":"80331","country":"DE"},
             "lines":[{"id":"1","sku":"{{sku}}","quantity":2}]}
            """, headers)).Succeeded();
        await Api.Until($"{sku}-O", ["allocated"], headers);
        (await Api.Post($"/v1/fulfilment-orders/{sku}-O-F1/parcels",
            $$"""{"id":"{{sku}}-P","lengthMm":300,"widthMm":200,"heightMm":100,"grams":900}""", headers)).Is(201);
        (await Api.Post($"/v1/parcels/{sku}-P/label", """{"id":"l1","format":"zpl"}""", headers)).Is(201);
        (await Api.Post($"/v1/parcels/{sku}-P/events", """
            {"id":"e1","events":[{"at":"2024-11-30T08:00:00Z","milestone":"exception","code":"NH","says":"Nobody",
             "why":"failed-attempt"}]}
            """, headers)).Is(200);
    }

    Task<Answer> Until(string sku, string status, params (string, string)[] headers) =>
        Api.Until($"/v1/parcels/{sku}-P", p => p.Text("notices/0/status") == status, headers);

    static void SkipWithoutMail() => Skip.If(SmtpServer.Missing is not null, SmtpServer.Missing);

    void NamesNobody(string address) => Assert.All(
        Api.Embedded.Journal.Read(0, int.MaxValue), stored => Assert.DoesNotContain(
            address, System.Text.Encoding.UTF8.GetString([.. stored.Payload, .. stored.Sends ?? []]),
            StringComparison.OrdinalIgnoreCase));

    [SkippableFact]
    public async Task The_buyer_gets_one_mail_in_the_name_of_the_seller()
    {
        SkipWithoutMail();
        await Fail("TEA", Buyer);
        var parcel = await Until("TEA", "sent");
        Assert.Equal(
            (1, "failed-attempt", 1),
            (parcel.Number("notices/0/case"), parcel.Text("notices/0/what"), parcel.Number("notices/0/tries")));
        using var mail = await MimeMessage.LoadAsync(Assert.Single(await _mail!.Until(1)));
        Assert.Equal(
            (parcel.Text("notices/0/messageId"), "Your order TEA-O: a parcel could not be delivered", Buyer),
            (mail.MessageId, mail.Subject, mail.Headers["Envelope-to"]));
        Assert.Equal(("The Shop", From), (mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        Assert.EndsWith("@shop.example", mail.MessageId, StringComparison.Ordinal);
        Assert.StartsWith("Hello Maria Muster,", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains(parcel.Text("trackingNumber")!, mail.TextBody, StringComparison.Ordinal);

        Assert.Equal(
            ["TEA-P"], (await Api.List("/v1/parcel-cases?told=true")).Each("parcel"));
        Assert.Equal("sent", (await Api.List("/v1/parcel-cases")).Text("items/0/notice"));
        Assert.Empty((await Api.List("/v1/parcel-cases?told=false")).Items());
        Assert.DoesNotContain(Buyer, parcel.Body, StringComparison.Ordinal);
        NamesNobody(Buyer);
    }

    [SkippableFact]
    public async Task A_mailbox_that_is_none_is_kept_as_refused()
    {
        SkipWithoutMail();
        await Fail("JAM", "refused@buyers.example");
        var parcel = await Until("JAM", "refused");
        Assert.Equal(
            ("550 5.1.1", "there is no such address"),
            (parcel.Text("notices/0/code"), parcel.Text("notices/0/detail")));
        Assert.Equal("JAM-P", (await Api.List("/v1/parcel-cases?told=false")).Text("items/0/parcel"));
        NamesNobody("refused@");
    }

    [SkippableFact]
    public async Task Who_has_no_address_or_a_seller_who_wants_none_is_told_nothing()
    {
        SkipWithoutMail();
        await Fail("MUG", null);
        await Until("MUG", "no-address");
        await Fail("BAD", "not a mailbox");
        await Until("BAD", "no-address");
        await Fail("CUP", Buyer, ("Seller", "quiet"));
        await Until("CUP", "off", ("Seller", "quiet"));
        await Fail("PAN", Buyer, ("Seller", "stranger"));
        await Until("PAN", "off", ("Seller", "stranger"));
        Assert.Empty(_mail!.Delivered);
    }

    [SkippableFact]
    public async Task What_a_server_that_is_down_does_not_take_arrives_later()
    {
        SkipWithoutMail();
        _mail!.Stop();
        await Fail("POT", Buyer);
        var failing = await Until("POT", "failing");
        Assert.Equal("cannot be reached, or hung up", failing.Text("notices/0/detail"));
        _mail.Go();
        using var mail = await MimeMessage.LoadAsync(Assert.Single(await _mail.Until(1)));
        var sent = await Until("POT", "sent");
        Assert.Equal((2, mail.MessageId), (sent.Number("notices/0/tries"), sent.Text("notices/0/messageId")));
    }
}
