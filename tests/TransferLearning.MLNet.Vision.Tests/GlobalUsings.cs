global using TransferLearning.Tests;
