using System.Collections.Frozen;
using Fulfillment.Screening;

namespace Fulfillment.Client.Api;

/// <summary>
/// What is known of the providers of mailboxes. Modest lists of well-known ones, by the domains that they use
/// themselves: thousands more come and go, as public lists such as disposable-email-domains show, and no list that a
/// program carries could follow. One that is missing costs a reason, not an order.
/// </summary>
static class EmailDomains
{
    /// <summary>Providers whose addresses are made to be thrown away.</summary>
    static readonly FrozenSet<string> Disposable = FrozenSet.Create(
        "10minutemail.com", "10minutemail.net", "20minutemail.com", "33mail.com", "burnermail.io", "byom.de",
        "discard.email", "discardmail.com", "discardmail.de", "dispostable.com", "dropmail.me", "emailondeck.com",
        "emailsensei.com", "emailtemporanea.com", "fakeinbox.com", "fakemail.net", "getairmail.com", "getnada.com",
        "grr.la", "guerrillamail.biz", "guerrillamail.com", "guerrillamail.de", "guerrillamail.info",
        "guerrillamail.net", "guerrillamail.org", "guerrillamailblock.com", "harakirimail.com", "inboxbear.com",
        "inboxkitten.com", "jetable.org", "mailcatch.com", "maildrop.cc", "mailexpire.com", "mailforspam.com",
        "mailinator.com", "mailinator.net", "mailinator2.com", "mailnesia.com", "mailnull.com", "mailsac.com",
        "mailtemp.net", "meltmail.com", "minutemail.com", "moakt.com", "mohmal.com", "mytemp.email", "mytrashmail.com",
        "nada.email", "nowmymail.com", "owlymail.com", "pokemail.net", "sharklasers.com", "spam4.me", "spambog.com",
        "spambox.us", "spamex.com", "spamfree24.org", "spamgourmet.com", "spoofmail.de", "temp-mail.io",
        "temp-mail.org", "tempail.com", "tempinbox.com", "tempmail.com", "tempmail.de", "tempmail.net", "tempmailo.com",
        "tempr.email", "throwawaymail.com", "tmail.com", "trash-mail.com", "trashmail.com", "trashmail.de",
        "trashmail.me", "trashmail.net", "wegwerfemail.de", "wegwerfmail.de", "wegwerfmail.net", "wegwerfmail.org",
        "yopmail.com", "yopmail.fr", "yopmail.net");

    /// <summary>Providers where anybody gets an address and keeps it.</summary>
    static readonly FrozenSet<string> Free = FrozenSet.Create(
        "aol.com", "fastmail.com", "free.fr", "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de",
        "gmx.net", "googlemail.com", "hotmail.co.uk", "hotmail.com", "hotmail.de", "hotmail.fr", "hotmail.it",
        "icloud.com", "inbox.ru", "laposte.net", "libero.it", "live.com", "mac.com", "mail.com", "mail.ru", "me.com",
        "msn.com", "naver.com", "orange.fr", "outlook.com", "outlook.de", "outlook.fr", "proton.me", "protonmail.com",
        "qq.com", "seznam.cz", "t-online.de", "tutanota.com", "web.de", "wp.pl", "yahoo.co.jp", "yahoo.co.uk",
        "yahoo.com", "yahoo.de", "yahoo.fr", "yandex.com", "yandex.ru", "zoho.com", "163.com", "126.com");

    /// <summary>Providers that deliver <c>name+anything</c> to <c>name</c>.</summary>
    static readonly FrozenSet<string> PlusAddressing = FrozenSet.Create(
        "fastmail.com", "gmail.com", "hotmail.com", "icloud.com", "live.com", "mac.com", "me.com", "outlook.com",
        "proton.me", "protonmail.com", "yandex.com");

    /// <summary>What kind of provider a domain, or the domain that it is below, belongs to.</summary>
    public static EmailClass ClassOf(string domain)
    {
        for (var at = domain; at.Contains('.', StringComparison.Ordinal); at = at[(at.IndexOf('.') + 1)..])
            if (Disposable.Contains(at)) return EmailClass.Disposable;
        return Free.Contains(domain) ? EmailClass.Free : EmailClass.Other;
    }

    /// <summary>Whether a provider takes what stands behind a plus for no part of the name.</summary>
    public static bool HasPlusAddressing(string domain) => PlusAddressing.Contains(domain);
}
