namespace Fulfillment.Connectors;

/// <summary>Who writes to buyers, and through whom.</summary>
public sealed class Mail(IReadOnlyDictionary<string, MailSender> sellers, IMailer? mailer) : IDisposable
{
    /// <summary>As the settings say.</summary>
    public Mail(MailSettings settings, TimeProvider time)
        : this(settings.Sellers, settings.Server is { } server ? new SmtpMailer(server, time) : null)
    {
    }

    /// <summary>Nobody is written to.</summary>
    public static Mail None { get; } = new(new Dictionary<string, MailSender>(), null);

    /// <summary>Takes letters; null where no mail is set up.</summary>
    public IMailer? Mailer { get; } = mailer;

    /// <summary>In whose name the buyers of a seller are told of parcels; null where they are not.</summary>
    public MailSender? TellerOf(string seller) =>
        Mailer is not null && sellers.TryGetValue(seller, out var sender) && sender.Tells ? sender : null;

    /// <inheritdoc/>
    public void Dispose() => (Mailer as IDisposable)?.Dispose();
}
