using Fulfillment.Connectors;
using Fulfillment.Tests.Support;
using MimeKit;

namespace Fulfillment.Tests.Connectors;

/// <summary>Letters through a real mail server.</summary>
public sealed class SmtpMailerTests : IDisposable
{
    static readonly Letter Letter = new(
        "0123abcd@shop.example", "shop@shop.example", "Tee & Töne", "maria@buyers.example", "Mária Muster",
        "Your order o-1: ein Päckchen", "Grüße\n.\nfrom us\n");

    readonly SmtpServer? _server = SmtpServer.Missing is null ? new() : null;

    public void Dispose() => _server?.Dispose();

    SmtpMailer Mailer()
    {
        Skip.If(SmtpServer.Missing is not null, SmtpServer.Missing);
        return new(new("127.0.0.1", _server!.Port, MailTls.None), TimeProvider.System);
    }

    [SkippableFact]
    public async Task A_letter_arrives_as_it_was_written()
    {
        using var mailer = Mailer();
        Assert.Equal(new(true), await mailer.Send(Letter, default));
        using var mail = await MimeMessage.LoadAsync(Assert.Single(await _server!.Until(1)));
        Assert.Equal(
            ("0123abcd@shop.example", "Your order o-1: ein Päckchen", "auto-generated", "maria@buyers.example"),
            (mail.MessageId, mail.Subject, mail.Headers["Auto-Submitted"], mail.Headers["Envelope-to"]));
        Assert.Equal(
            ("shop@shop.example", "Tee & Töne"),
            (mail.From.Mailboxes.Single().Address, mail.From.Mailboxes.Single().Name));
        Assert.Equal("Mária Muster", mail.To.Mailboxes.Single().Name);
        Assert.Equal("Grüße\n.\nfrom us\n", mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.InRange(DateTimeOffset.UtcNow - mail.Date, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(5));
    }

    [SkippableFact]
    public async Task A_mailbox_that_is_none_is_refused_in_words_that_name_nobody()
    {
        using var mailer = Mailer();
        var reply = await mailer.Send(Letter with { To = "refused@buyers.example" }, default);
        Assert.Equal(new(false, "550 5.1.1", "there is no such address"), reply);
        Assert.Empty(_server!.Delivered);
    }

    [SkippableFact]
    public async Task A_server_that_is_down_takes_the_same_letter_later()
    {
        using var mailer = Mailer();
        _server!.Stop();
        var unclear = await Assert.ThrowsAsync<ProviderUnclearException>(
            async () => await mailer.Send(Letter, default));
        Assert.Equal(
            (ProviderTrouble.Unreachable, "cannot be reached, or hung up"), (unclear.Trouble, unclear.Why));
        _server.Go();
        Assert.True((await mailer.Send(Letter, default)).IsTaken);
        Assert.Single(await _server.Until(1));
    }

    [SkippableFact]
    public async Task Without_the_TLS_that_was_asked_for_nothing_is_told()
    {
        using var plain = Mailer();
        using SmtpMailer mailer = new(new("127.0.0.1", _server!.Port, MailTls.StartTls), TimeProvider.System);
        await Assert.ThrowsAsync<ProviderUnclearException>(async () => await mailer.Send(Letter, default));
        Assert.Empty(_server.Delivered);
    }

    [SkippableFact]
    public async Task Who_wants_a_password_that_nobody_asks_for_is_told_so()
    {
        using var plain = Mailer();
        using SmtpMailer mailer = new(
            new("127.0.0.1", _server!.Port, MailTls.None, "shop", "hidden-word"), TimeProvider.System);
        var unclear = await Assert.ThrowsAsync<ProviderUnclearException>(
            async () => await mailer.Send(Letter, default));
        Assert.DoesNotContain("hidden-word", $"{unclear}", StringComparison.Ordinal);
        Assert.Empty(_server.Delivered);
    }

    [SkippableFact]
    public async Task With_STARTTLS_it_is_taken_where_the_certificate_is_vouched_for()
    {
        Skip.If(SmtpServer.Missing is not null, SmtpServer.Missing);
        using SmtpServer server = new(tls: true);
        using SmtpMailer unknown = new(new("localhost", server.Port, MailTls.StartTls), TimeProvider.System);
        var unclear = await Assert.ThrowsAsync<ProviderUnclearException>(
            async () => await unknown.Send(Letter, default));
        Assert.Equal("cannot be trusted: its certificate is not in order", unclear.Why);
        using SmtpMailer elsewhere = new(
            new("127.0.0.1", server.Port, MailTls.StartTls, authority: server.Authority), TimeProvider.System);
        await Assert.ThrowsAsync<ProviderUnclearException>(async () => await elsewhere.Send(Letter, default));
        using SmtpMailer known = new(
            new("localhost", server.Port, MailTls.StartTls, authority: server.Authority), TimeProvider.System);
        Assert.True((await known.Send(Letter, default)).IsTaken);
        Assert.Contains("TLS", await File.ReadAllTextAsync(Assert.Single(await server.Until(1))));
    }
}
