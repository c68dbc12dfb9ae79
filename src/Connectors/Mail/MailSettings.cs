using System.Globalization;
using System.Net;
using System.Text.Json;
using MimeKit;

namespace Fulfillment.Connectors;

/// <summary>Settings of mail that make no sense. The message tells which, and no secret.</summary>
public sealed class MailSettingsException(string message) : Exception(message);

/// <summary>How a mail server is spoken to.</summary>
public enum MailTls
{
    /// <summary>Unsealed; only to this machine.</summary>
    None,

    /// <summary>Sealed before anything is told (STARTTLS); not at all where it cannot be.</summary>
    StartTls,

    /// <summary>Sealed from the start.</summary>
    Tls,
}

/// <summary>
/// A mail server. <c>Authority</c>: the certificate (PEM) of who vouches for it, where the system does not know him.
/// It prints no secret.
/// </summary>
public sealed class MailServer(
    string host, int port, MailTls tls, string? user = null, string? password = null, string? authority = null)
{
    internal string Host { get; } = host;

    internal int Port { get; } = port;

    internal MailTls Tls { get; } = tls;

    internal string? User { get; } = user;

    internal string? Password { get; } = password;

    internal string? Authority { get; } = authority;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port} ({Tls})");
}

/// <summary>
/// In whose name a seller's buyers are written to. <c>Tells</c>: he wants them to be told of cases of parcels.
/// </summary>
public sealed record MailSender(string From, string Name, bool Tells, NoticeTexts Texts);

/// <summary>
/// Whether and how mail is sent. <c>Server</c>: null where none is. <c>Sellers</c>: by their names; of others no buyer
/// is written to.
/// </summary>
public sealed record MailSettings(MailServer? Server, IReadOnlyDictionary<string, MailSender> Sellers)
{
    const string Default = "default";

    const int MostName = 100;

    static readonly string[] Names =
        ["HOST", "PORT", "TLS", "USER", "PASSWORD", "CA", "FROM", "NAME", "SELLERS"];

    /// <summary>No mail is sent.</summary>
    public static MailSettings None { get; } = new(null, new Dictionary<string, MailSender>());

    /// <summary>As the environment says; <paramref name="file"/> reads a file that it names.</summary>
    public static MailSettings Read(Func<string, string?> variable, Func<string, byte[]> file)
    {
        if (Value("HOST") is not { } host)
            return Names.FirstOrDefault(n => Value(n) is not null) is not { } alone ? None
                : throw new MailSettingsException(
                    $"FULFILLMENT_MAIL_{alone} is set, and FULFILLMENT_MAIL_HOST is not.");
        var tls = Value("TLS") switch
        {
            null or "starttls" => MailTls.StartTls,
            "tls" => MailTls.Tls,
            "none" => MailTls.None,
            _ => throw new MailSettingsException("FULFILLMENT_MAIL_TLS must be starttls, tls or none."),
        };
        if (tls == MailTls.None && !IsLoopback(host))
            throw new MailSettingsException("FULFILLMENT_MAIL_TLS may be none only for a server on this machine.");
        var (user, password) = (Value("USER"), Value("PASSWORD"));
        if (user is null != password is null)
            throw new MailSettingsException("FULFILLMENT_MAIL_USER and FULFILLMENT_MAIL_PASSWORD go together.");
        MailServer server = new(
            host, Port(Value("PORT"), tls), tls, user, password,
            FromFile("CA", bytes => System.Text.Encoding.UTF8.GetString(bytes)));
        Dictionary<string, MailSender> sellers = new(FromFile("SELLERS", SellersIn) ?? []);
        if (Value("FROM") is { } from && !sellers.TryAdd(Default, Sender(from, Value("NAME"), null, null)))
            throw new MailSettingsException(
                "FULFILLMENT_MAIL_FROM is that of the seller default, whom FULFILLMENT_MAIL_SELLERS names too.");
        return sellers.Count > 0 ? new(server, sellers) : throw new MailSettingsException(
            "FULFILLMENT_MAIL_HOST needs FULFILLMENT_MAIL_FROM, or FULFILLMENT_MAIL_SELLERS: in whose name to write.");

        string? Value(string name) => variable($"FULFILLMENT_MAIL_{name}") is { Length: > 0 } value ? value : null;

        T? FromFile<T>(string name, Func<byte[], T> read)
            where T : class
        {
            if (Value(name) is not { } path) return null;
            try
            {
                return read(file(path));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or MailSettingsException)
            {
                throw new MailSettingsException($"FULFILLMENT_MAIL_{name}: {e.Message}");
            }
        }
    }

    /// <summary>
    /// The address of a mailbox and nothing else, such as <c>a@example.com</c>; null where the text is none.
    /// </summary>
    public static string? Address(string? text) =>
        text is { Length: <= 254 } && !text.Any(char.IsControl) && MailboxAddress.TryParse(text, out var mailbox)
            && mailbox.Address == text.Trim() && mailbox.Address.IndexOf('@', StringComparison.Ordinal) > 0
            ? mailbox.Address : null;

    static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var ip)
        && IPAddress.IsLoopback(ip));

    static int Port(string? text, MailTls tls) => text is null
        ? tls switch { MailTls.None => 25, MailTls.StartTls => 587, MailTls.Tls => 465 }
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65_536
            ? port : throw new MailSettingsException("FULFILLMENT_MAIL_PORT must be a number from 1 to 65535.");

    static Dictionary<string, MailSender> SellersIn(byte[] json)
    {
        Dictionary<string, MailSenderFile?>? told;
        try
        {
            told = JsonSerializer.Deserialize(json, MailSendersJson.Default.DictionaryStringMailSenderFile);
        }
        catch (JsonException e)
        {
            throw new MailSettingsException($"it is not as the README says: {e.Message}");
        }

        Dictionary<string, MailSender> sellers = new(StringComparer.Ordinal);
        foreach (var (seller, sender) in told ?? [])
        {
            try
            {
                sellers.Add(seller, Sender(sender?.From, sender?.Name, sender?.Notices, sender?.Texts));
            }
            catch (MailSettingsException e)
            {
                throw new MailSettingsException($"seller {seller}: {e.Message}");
            }
        }

        return sellers;
    }

    static MailSender Sender(
        string? from, string? name, bool? tells, IReadOnlyDictionary<string, NoticeTextFile?>? texts)
    {
        if (Address(from) is not { } address)
            throw new MailSettingsException("from must be a mail address, such as shop@example.com.");
        if (name is { Length: > MostName } || name?.Any(char.IsControl) == true)
            throw new MailSettingsException($"name must be one line of at most {MostName} characters.");
        return new(
            address, string.IsNullOrWhiteSpace(name) ? address : name.Trim(), tells ?? true,
            texts is null ? NoticeTexts.English : NoticeTexts.Of(texts));
    }
}
