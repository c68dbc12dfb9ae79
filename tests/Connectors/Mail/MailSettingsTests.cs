using System.Text;
using Fulfillment.Connectors;
using Fulfillment.Shipping;

namespace Fulfillment.Tests.Connectors;

/// <summary>What the environment says of mail, and what buyers are then told.</summary>
public sealed class MailSettingsTests
{
    const string Host = "FULFILLMENT_MAIL_HOST", From = "FULFILLMENT_MAIL_FROM", Sellers = "FULFILLMENT_MAIL_SELLERS";

    static readonly (string, string)[] Usual = [(Host, "mail.example"), (From, "shop@shop.example")];

    static MailSettings Read(IEnumerable<(string Name, string Value)> set, string file = "{}") => MailSettings.Read(
        name => set.Where(s => s.Name == name).Select(s => s.Value).FirstOrDefault(),
        path => path == "no" ? throw new FileNotFoundException("there is no such file") : Encoding.UTF8.GetBytes(file));

    static string Refused(IEnumerable<(string Name, string Value)> set, string file = "{}") =>
        Assert.Throws<MailSettingsException>(() => Read(set, file)).Message;

    [Fact]
    public void Without_a_word_nobody_is_written_to()
    {
        Assert.Null(Read([]).Server);
        using Mail none = new(Read([]), TimeProvider.System);
        Assert.Null(none.TellerOf("default"));
    }

    [Fact]
    public void One_seller_needs_a_server_and_an_address()
    {
        using Mail mail = new(Read([.. Usual, ("FULFILLMENT_MAIL_NAME", "The Shop")]), TimeProvider.System);
        var sender = mail.TellerOf("default")!;
        Assert.Equal(("shop@shop.example", "The Shop"), (sender.From, sender.Name));
        Assert.Null(mail.TellerOf("another"));
        Assert.Equal("mail.example:587 (StartTls)", $"{Read(Usual).Server}");
        Assert.Equal("mail.example:465 (Tls)", $"{Read([.. Usual, ("FULFILLMENT_MAIL_TLS", "tls")]).Server}");
        Assert.Equal(
            "localhost:2525 (None)", $"{Read([(Host, "localhost"), (From, "a@b.example"),
                ("FULFILLMENT_MAIL_TLS", "none"), ("FULFILLMENT_MAIL_PORT", "2525")]).Server}");
    }

    [Theory]
    [InlineData("FULFILLMENT_MAIL_TLS", "maybe", "must be starttls, tls or none")]
    [InlineData("FULFILLMENT_MAIL_TLS", "none", "only for a server on this machine")]
    [InlineData("FULFILLMENT_MAIL_PORT", "0", "from 1 to 65535")]
    [InlineData("FULFILLMENT_MAIL_PORT", "mail", "from 1 to 65535")]
    [InlineData("FULFILLMENT_MAIL_USER", "shop", "go together")]
    [InlineData("FULFILLMENT_MAIL_PASSWORD", "hidden-word", "go together")]
    [InlineData("FULFILLMENT_MAIL_CA", "no", "FULFILLMENT_MAIL_CA: there is no such file")]
    [InlineData("FULFILLMENT_MAIL_NAME", "two\nlines", "one line")]
    public void What_makes_no_sense_is_told(string name, string value, string says)
    {
        var message = Refused([.. Usual, (name, value)]);
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-word", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_writes_is_told()
    {
        Assert.Contains("in whose name", Refused([(Host, "mail.example")]), StringComparison.Ordinal);
        Assert.Contains("FULFILLMENT_MAIL_FROM is set", Refused([(From, "a@b.example")]), StringComparison.Ordinal);
        foreach (var from in (string[])["shop", "a b@c", "The Shop <a@b.example>", "a@b.example, c@d.example", "@b"])
            Assert.Contains("from must be", Refused([(Host, "mail.example"), (From, from)]), StringComparison.Ordinal);
        Assert.Contains(
            "names too", Refused([.. Usual, (Sellers, "f")], """{"default":{"from":"a@b.example"}}"""),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "is not as the README says")]
    [InlineData("""{"a":{"from":"a@b.example","mood":"good"}}""", "is not as the README says")]
    [InlineData("""{"a":null}""", "seller a: from must be")]
    [InlineData("""{"a":{"from":"a@b.example","texts":{"late":{"subject":"S","body":"B"}}}}""", "no text late;")]
    [InlineData("""{"a":{"from":"a@b.example","texts":{"lost":null}}}""", "text lost must have")]
    [InlineData("""{"a":{"from":"a@b.example","texts":{"lost":{"subject":"S"}}}}""", "text lost must have")]
    [InlineData(
        """{"a":{"from":"a@b.example","texts":{"lost":{"subject":"S","body":"Dear {buyer}"}}}}""",
        "the body of text lost has the placeholder {buyer}; it may have {order}")]
    [InlineData(
        """{"a":{"from":"a@b.example","texts":{"lost":{"subject":"For {name}","body":"B"}}}}""",
        "the subject of text lost has the placeholder {name}")]
    [InlineData(
        """{"a":{"from":"a@b.example","texts":{"lost":{"subject":"S","body":"a { b"}}}}""",
        "a brace that belongs to no placeholder")]
    [InlineData(
        """{"a":{"from":"a@b.example","texts":{"lost":{"subject":"S\nBcc: c@d.example","body":"B"}}}}""", "one line")]
    public void A_file_that_makes_no_sense_is_told(string file, string says)
    {
        var message = Refused([(Host, "mail.example"), (Sellers, "f")], file);
        Assert.StartsWith("FULFILLMENT_MAIL_SELLERS: ", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_seller_has_his_own_words_or_wants_none()
    {
        using Mail mail = new(Read([(Host, "mail.example"), (Sellers, "f")], """
            {"a":{"from":"a@shop.example","name":"A","texts":{
              "lost":{"subject":"Lost: {order}","body":"So sorry, {name}."} } },
             "b":{"from":"b@shop.example","notices":false}}
            """), TimeProvider.System);
        Assert.Null(mail.TellerOf("b"));
        NoticeFacts facts = new("A", "o-1", "p-1", "ups", "1Z", "Maria", null, null);
        var texts = mail.TellerOf("a")!.Texts;
        Assert.Equal(("Lost: o-1", "So sorry, Maria.\n"), texts.Write(CaseReason.Lost, facts));
        Assert.Equal(
            NoticeTexts.English.Write(CaseReason.Weather, facts), texts.Write(CaseReason.Weather, facts));
    }

    [Fact]
    public void A_line_of_what_is_not_known_is_left_out()
    {
        NoticeFacts facts = new(
            "The Shop", "o-1", "p-1", "ups", "1Z 9", "Maria\r\nBcc: c@d.example", new(2026, 12, 4), new(2026, 12, 7));
        var (subject, body) = NoticeTexts.English.Write(CaseReason.LateRisk, facts);
        Assert.Equal("Your order o-1: a parcel may arrive later than promised", subject);
        Assert.Equal("""
            Hello Maria  Bcc: c@d.example,

            We have promised you a parcel of your order o-1, and it may arrive later than that.

            Promised for: Friday, 4 December 2026
            Expected now: Monday, 7 December 2026
            Carrier: UPS
            Tracking number: 1Z 9
            Follow it here: https://www.ups.com/track?tracknum=1Z%209

            You need not do anything. We are sorry for the delay, and look after it.

            If you have a question, just answer this message.

            The Shop

            """.ReplaceLineEndings("\n"), body);

        var bare = NoticeTexts.English.Write(
            CaseReason.Returning, new("The Shop", "o-1", "p-1", "local-courier", null, null, null, null)).Body;
        Assert.Equal("""
            A parcel of your order o-1 could not be delivered, and is on its way back to us.

            Carrier: our courier

            Please tell us, by answering this message, whether you still want it, and where we shall send it.

            If you have a question, just answer this message.

            The Shop

            """.ReplaceLineEndings("\n"), bare);
    }

    [Theory]
    [InlineData(CaseReason.LateRisk)]
    [InlineData(CaseReason.Delay)]
    [InlineData(CaseReason.Weather)]
    [InlineData(CaseReason.FailedAttempt)]
    [InlineData(CaseReason.Address)]
    [InlineData(CaseReason.Lost)]
    [InlineData(CaseReason.Returning)]
    public void There_are_words_for_all_that_buyers_are_told(CaseReason what)
    {
        var (subject, body) = NoticeTexts.English.Write(
            what, new("The Shop", "o-1", "p-1", "dhl-express", "JD1", "Maria", null, null));
        Assert.InRange(subject.Length, 20, 100);
        Assert.Contains("order o-1", body, StringComparison.Ordinal);
        Assert.DoesNotContain('{', subject + body);
    }

    [Theory]
    [InlineData("fedex", "https://www.fedex.com/fedextrack/?trknbr=1")]
    [InlineData("usps", "https://tools.usps.com/go/TrackConfirmAction?tLabels=1")]
    [InlineData("dhl-express",
        "https://www.dhl.com/global-en/home/tracking/tracking-express.html?submit=1&tracking-id=1")]
    [InlineData("local-courier", null)]
    public void Where_a_parcel_is_followed(string carrier, string? link)
    {
        Assert.Equal(link, CarrierLinks.Of(carrier, "1"));
        Assert.NotEqual(carrier, CarrierLinks.NameOf(carrier));
    }
}
