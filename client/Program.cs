using Fulfillment.Client.Commands;

return await Root.Run(args);
