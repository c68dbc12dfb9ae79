using System.CommandLine;
using Fulfillment.Access;

namespace Fulfillment.Silo;

/// <summary>
/// <c>settings</c>: what is set for the whole cluster, and changing it. It goes through the silos, with the rights of
/// who knows the database; the API has no login and only shows it.
/// </summary>
static class SettingsCommand
{
    const int Done = 0, Unconfirmed = 1;

    /// <summary>The command; <paramref name="guard"/> finds the cluster, and turns failures into codes.</summary>
    public static Command Create(Func<ParseResult, Func<ClusterPlace, Task<int>>, Task<int>> guard)
    {
        Option<string> readOnly = new("--read-only")
        {
            Description = "on: no event is written by any silo, questions are answered; off: all goes on.",
        };
        readOnly.AcceptOnlyFromAmong("on", "off");
        Option<string> reason = new("--reason")
        {
            Description = $"Why; callers are told. Needed for on; at most {ClusterSettings.MostReason} characters.",
            DefaultValueFactory = _ => "",
        };
        Option<string> by = new("--by") { Description = "On whose behalf.", DefaultValueFactory = _ => "operator" };
        Command command = new("settings", "Shows what is set for the whole cluster, or changes it.");
        foreach (var option in (Option[])[readOnly, reason, by]) command.Options.Add(option);
        command.Validators.Add(result =>
        {
            var text = result.GetValue(reason) ?? "";
            if (result.GetValue(readOnly) == "on" && string.IsNullOrWhiteSpace(text))
                result.AddError("--read-only on needs a --reason.");
            if (text.Length > ClusterSettings.MostReason) result.AddError("--reason is too long.");
        });
        command.SetAction((result, _) => guard(result, place => Run(
            place, result.GetValue(readOnly), result.GetValue(reason)!, result.GetValue(by)!)));
        return command;
    }

    static async Task<int> Run(ClusterPlace place, string? readOnly, string reason, string by)
    {
        await Schema.Check(place);
        await using var connection = await ClusterConnection.Connect(place);
        if (readOnly is null)
        {
            await Tell(await connection.Settings());
            return Done;
        }

        var reply = await connection.SetReadOnly(readOnly == "on", reason, by);
        await Tell(reply.Settings);
        if (reply.Unheard.Length == 0) return Done;
        await Console.Error.WriteLineAsync(
            $"Kept, but not confirmed by {string.Join(", ", reply.Unheard)}. Each goes by it within a second of being "
            + "reachable again. Repeat the command to see that all do.");
        return Unconfirmed;
    }

    static Task Tell(ClusterSettings settings)
    {
        var since = $"since {settings.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z by {settings.By}";
        return Console.Out.WriteLineAsync(
            settings.IsReadOnly ? $"read-only: on {since}: {settings.Reason}"
            : settings.Revision == 0 ? "read-only: off" : $"read-only: off {since}");
    }
}
