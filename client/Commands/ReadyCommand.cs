using System.CommandLine;

namespace Fulfillment.Client.Commands;

/// <summary><c>ready</c>: whether a running server can take in work: a health check without a shell.</summary>
static class ReadyCommand
{
    public static Command Create()
    {
        Command command = new("ready", "Asks a running server whether it can take in work.");
        RunningServer server = new();
        server.AddTo(command);
        command.SetAction((result, cancel) => server.Show(
            result, ["/readyz"], _ => Console.Out.WriteLine("The server is ready."), cancel));
        return command;
    }
}
