using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Fulfillment.Connectors;

/// <summary>A message to one buyer. <c>Id</c>: without angle brackets. It prints not whom it is for.</summary>
public sealed record Letter(
    string Id, string From, string FromName, string To, string? ToName, string Subject, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>What a mail server said to a letter. <c>Code</c>, <c>Why</c>: where he refuses it for good.</summary>
public sealed record MailReply(bool IsTaken, string? Code = null, string? Why = null);

/// <summary>Who takes letters. Throws <see cref="ProviderUnclearException"/> where one has to be sent again.</summary>
public interface IMailer
{
    /// <summary>Hands it over.</summary>
    ValueTask<MailReply> Send(Letter letter, CancellationToken cancel);
}

/// <summary>
/// A mail server by SMTP (RFC 5321). Of what he says only the codes are told: his words often name the buyer.
/// </summary>
public sealed partial class SmtpMailer(MailServer server, TimeProvider time) : IMailer, IDisposable
{
    /// <summary>Letters that are handed over at a time.</summary>
    public const int MostAtOnce = 8;

    const string Name = "mail";

    static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    readonly SemaphoreSlim _places = new(MostAtOnce);

    /// <inheritdoc/>
    public async ValueTask<MailReply> Send(Letter letter, CancellationToken cancel)
    {
        await _places.WaitAsync(cancel);
        try
        {
            using CancellationTokenSource late = new(Deadline, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
            return await HandOver(letter, stop.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Unclear($"did not answer within {Deadline.TotalSeconds:0} s", ProviderTrouble.Timeout);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    async Task<MailReply> HandOver(Letter letter, CancellationToken cancel)
    {
        using SmtpClient client = new() { CheckCertificateRevocation = false };
        if (server.Authority is { } authority)
            client.ServerCertificateValidationCallback = (_, certificate, _, errors) =>
                Vouches(authority, certificate, errors);
        try
        {
            await client.ConnectAsync(server.Host, server.Port, server.Tls switch
            {
                MailTls.None => SecureSocketOptions.None,
                MailTls.StartTls => SecureSocketOptions.StartTls,
                MailTls.Tls => SecureSocketOptions.SslOnConnect,
            }, cancel);
            if (server.User is { } user) await client.AuthenticateAsync(user, server.Password!, cancel);
            var isForeign = letter.To[..letter.To.LastIndexOf('@')].Any(c => !char.IsAscii(c));
            if (isForeign && !client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
                return new(false, "smtputf8", "the mail server takes only addresses in ASCII");
            using var message = Written(letter);
            var options = FormatOptions.Default.Clone();
            options.International = isForeign;
            await client.SendAsync(options, message, cancel);
        }
        catch (SmtpCommandException e) when ((int)e.StatusCode >= 500
            && e.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted)
        {
            return Refused(e);
        }
        catch (SmtpCommandException e)
        {
            throw Unclear(string.Create(
                CultureInfo.InvariantCulture, $"answers {(int)e.StatusCode} ({e.ErrorCode})"),
                ProviderTrouble.Unavailable);
        }
        catch (Exception e) when (e is MailKit.Security.AuthenticationException or SaslException)
        {
            throw Unclear("does not know the user", ProviderTrouble.Unauthorised);
        }
        catch (SslHandshakeException)
        {
            throw Unclear("cannot be trusted: its certificate is not in order", ProviderTrouble.Unreachable);
        }
        catch (NotSupportedException)
        {
            throw Unclear("offers no TLS, or no way to log in", ProviderTrouble.Unreachable);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or ProtocolException
            or ServiceNotConnectedException)
        {
            throw Unclear("cannot be reached, or hung up", ProviderTrouble.Unreachable);
        }

        await Leave(client, cancel);
        return new(true);
    }

    /// <summary>It is taken: whatever happens to the goodbye changes nothing.</summary>
    static async Task Leave(SmtpClient client, CancellationToken cancel)
    {
        try
        {
            await client.DisconnectAsync(true, cancel);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or ProtocolException
            or CommandException or OperationCanceledException)
        {
        }
    }

    MimeMessage Written(Letter letter)
    {
        MimeMessage message = new()
        {
            MessageId = letter.Id,
            Date = time.GetUtcNow(),
            Subject = letter.Subject,
            Body = new TextPart("plain") { Text = letter.Text },
        };
        message.From.Add(new MailboxAddress(letter.FromName, letter.From));
        message.To.Add(new MailboxAddress(letter.ToName, letter.To));
        // RFC 3834: no machine answers it.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    /// <summary>Of the words only the number of RFC 3463 is kept, and said in ours.</summary>
    static MailReply Refused(SmtpCommandException e)
    {
        var code = ((int)e.StatusCode).ToString(CultureInfo.InvariantCulture);
        var found = Enhanced().Match(e.Message);
        return new(
            false, found.Success ? $"{code} {found.Value}" : code, found.Groups["about"].Value switch
            {
                "1" => "there is no such address",
                "2" => "the mailbox takes nothing",
                "3" or "4" => "the mail system of the address takes nothing",
                "6" => "the content is not taken",
                "7" => "it is not allowed",
                _ => e.ErrorCode == SmtpErrorCode.RecipientNotAccepted
                    ? "the address is not taken" : "the message is not taken",
            });
    }

    static bool Vouches(string authority, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return false;
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using X509Certificate2 own = new(certificate);
        return chain.Build(own);
    }

    static ProviderUnclearException Unclear(string why, ProviderTrouble trouble) => new(Name, why, null, trouble);

    [GeneratedRegex(@"(?<=^|\s)5\.(?<about>\d{1,3})\.\d{1,3}(?=\s|$)", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Enhanced();
}
