# Short forms of the commands in CONTRIBUTING.md. T names one test: make test T=SettledTest, make it T=StackIT.

MVN ?= mvn
T ?=
HASH := \#
CLASS := $(firstword $(subst $(HASH), ,$(T)))
# The module that has the test: only it and what it uses are compiled.
MODULE = $(or $(shell find src -path '*/test/java/*/$(CLASS).java' | cut -d / -f 1-2 | head -n 1),$(error There is no test $(CLASS)))
GENERATED := ConfigurationReferenceTest,TransformsPageTest,SchemaPagesTest,*CodesInDocsTest,ArchitecturePageTest

.PHONY: build test it fmt docs quickstart bench

build:
	$(MVN) package -DskipTests

test:
ifeq ($(T),)
	$(MVN) test
else
	$(MVN) test -pl $(MODULE) -am -Dtest='$(T)'
endif

it:
ifeq ($(T),)
	$(MVN) verify
else
	$(MVN) verify -Dit.test='$(T)' -Dtest=NONE
endif

fmt:
	$(MVN) spotless:apply

docs:
	$(MVN) test -Dtest='$(GENERATED)' -Doffice365.docs.write=true

quickstart:
	$(MVN) -Pquickstart

bench:
	$(MVN) -Pbenchmark
